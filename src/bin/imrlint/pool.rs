//! Work on several threads with results in order: a bounded number of jobs is ahead of the result that is taken next, so
//! memory does not grow with the number of jobs. A short run starts no thread.

use std::cell::LazyCell;
use std::io;
use std::sync::mpsc::{Receiver, SyncSender, TryRecvError, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// Work that is done before threads are started: starting them for less costs more than it saves.
const SHORT: Duration = Duration::from_millis(3);
/// Jobs that wait, for each thread.
const AHEAD: usize = 4;
/// The main thread has as much; the parsers of letters and PDFs are recursive.
const STACK: usize = 8 << 20;

/// The number of threads that a run may use if the user does not say.
pub fn cores() -> usize {
    thread::available_parallelism().map_or(1, usize::from)
}

/// Does every job and takes the results in the order of the jobs. How many threads there may be is asked only when it is time to
/// start them: to count cores costs a dozen calls of the system. `take` gets `None` whenever no result is ready and the
/// next job may be long in coming: what was taken so far should be passed on then.
///
/// # Errors
/// The first error of `take`; no job is begun after it.
pub fn ordered<J: Send, D: Send>(
    threads: impl FnOnce() -> usize,
    mut jobs: impl Iterator<Item = J> + Send,
    work: impl Fn(J) -> D + Sync,
    mut take: impl FnMut(Option<D>) -> io::Result<()>,
) -> io::Result<()> {
    let threads = LazyCell::new(threads);
    let mut spent = Duration::ZERO;
    loop {
        take(None)?;
        let Some(job) = jobs.next() else { return Ok(()) };
        if spent > SHORT && *threads > 1 {
            return on_threads(*threads, std::iter::once(job).chain(jobs), work, take);
        }
        let begun = Instant::now();
        let done = work(job);
        spent += begun.elapsed();
        take(Some(done))?;
    }
}

fn on_threads<J: Send, D: Send>(
    threads: usize,
    jobs: impl Iterator<Item = J> + Send,
    work: impl Fn(J) -> D + Sync,
    mut take: impl FnMut(Option<D>) -> io::Result<()>,
) -> io::Result<()> {
    let (to_do, waiting) = sync_channel::<(J, SyncSender<D>)>(threads * AHEAD);
    let (in_order, results) = sync_channel::<Receiver<D>>(threads * AHEAD);
    let (waiting, work) = (Mutex::new(waiting), &work);
    thread::scope(|scope| {
        // dropped with this closure: then the feeder stops, and after it the workers
        let results = results;
        let start = || thread::Builder::new().stack_size(STACK);
        for _ in 0..threads {
            start().spawn_scoped(scope, || {
                let next = || waiting.lock().unwrap_or_else(PoisonError::into_inner).recv();
                while let Ok((job, result)) = next() {
                    // nobody may want it any more
                    let _ = result.send(work(job));
                }
            })?;
        }
        start().spawn_scoped(scope, move || {
            for job in jobs {
                let (result, promised) = sync_channel(1);
                if in_order.send(promised).is_err() || to_do.send((job, result)).is_err() {
                    break;
                }
            }
        })?;
        loop {
            let next = match results.try_recv() {
                Ok(next) => next,
                Err(TryRecvError::Disconnected) => return take(None),
                Err(TryRecvError::Empty) => {
                    take(None)?;
                    match results.recv() {
                        Ok(next) => next,
                        Err(_) => return take(None),
                    }
                }
            };
            if let Ok(done) = next.recv() {
                take(Some(done))?;
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    /// Work of very unequal length.
    fn slow(n: u64) -> u64 {
        thread::sleep(Duration::from_micros(n * 7919 % 5 * 500));
        n * n
    }

    #[test]
    fn results_come_in_order_on_any_number_of_threads() {
        let expected: Vec<u64> = (0..200).map(|n| n * n).collect();
        for threads in [1, 2, 7] {
            let mut taken = Vec::new();
            ordered(
                || threads,
                0..200,
                slow,
                |done| {
                    taken.extend(done);
                    Ok(())
                },
            )
            .unwrap();
            assert_eq!(taken, expected, "{threads} threads");
        }
    }

    #[test]
    fn jobs_are_not_fetched_far_ahead() {
        let fetched = AtomicUsize::new(0);
        let jobs = (0..10_000u64).inspect(|_| {
            fetched.fetch_add(1, Ordering::Relaxed);
        });
        let mut taken = 0;
        ordered(
            || 2,
            jobs,
            slow,
            |done| {
                taken += usize::from(done.is_some());
                let ahead = fetched.load(Ordering::Relaxed) - taken;
                assert!(ahead <= 2 * (2 * AHEAD + 2), "{ahead} jobs ahead");
                if taken == 100 { Err(io::ErrorKind::BrokenPipe.into()) } else { Ok(()) }
            },
        )
        .unwrap_err();
        assert!(fetched.load(Ordering::Relaxed) < 200, "an error ends the run");
    }

    #[test]
    fn when_jobs_pause_everything_so_far_is_passed_on() {
        // each job waits until the result before it was passed on
        let passed = AtomicUsize::new(0);
        let jobs = (0..50usize).inspect(|n| {
            while passed.load(Ordering::Acquire) < *n {
                thread::yield_now();
            }
        });
        let mut taken = 0;
        let work = |n: usize| {
            thread::sleep(Duration::from_millis(1));
            n
        };
        ordered(
            || 3,
            jobs,
            work,
            |done| {
                match done {
                    Some(_) => taken += 1,
                    None => passed.store(taken, Ordering::Release),
                }
                Ok(())
            },
        )
        .unwrap();
        assert_eq!(taken, 50);
    }
}
