//! How far two words are apart, for slips of the pen.

use strsim::osa_distance;

/// The edit distance of two words in lower case, where it is at most `limit`. Most words are told apart by their letters
/// alone, without measuring.
pub fn distance(a: &str, b: &str, limit: usize) -> Option<usize> {
    let measured = may_be(a, b, limit) && (!(a.is_ascii() && b.is_ascii()) || letters_apart(a, b) <= limit);
    measured.then(|| osa_distance(a, b)).filter(|distance| *distance <= limit)
}

/// Whether two words may be within a distance of each other by the letters they have, in any case: a quick look.
pub fn may_be(a: &str, b: &str, limit: usize) -> bool {
    if a.len().abs_diff(b.len()) > limit * 4 {
        return false;
    }
    share(letters(a), letters(b), limit)
}

/// The same by the [`letters`] of two words alone.
pub fn share(mine: u32, others: u32, limit: usize) -> bool {
    // an edit takes away one kind of letter and brings one at most
    let (lost, won) = (mine & !others, others & !mine);
    lost.count_ones().max(won.count_ones()) as usize <= limit
}

/// How many letters of one word the other lacks at least, in either direction: an edit takes away one and brings one at most.
fn letters_apart(a: &str, b: &str) -> usize {
    let mut balance = [0i32; 128];
    a.bytes().for_each(|byte| balance[usize::from(byte & 0x7f)] += 1);
    b.bytes().for_each(|byte| balance[usize::from(byte & 0x7f)] -= 1);
    let more: i32 = balance.iter().filter(|n| **n > 0).sum();
    let less: i32 = balance.iter().filter(|n| **n < 0).sum();
    more.max(-less) as usize
}

/// Which letters a word has: a bit each, all else one bit more.
pub fn letters(word: &str) -> u32 {
    let bit = |b: u8| if b.is_ascii_alphabetic() { b.to_ascii_lowercase() - b'a' } else { 26 };
    word.bytes().fold(0, |all, b| all | 1 << bit(b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_the_edit_distance_up_to_a_limit() {
        let words = ["naproxen", "naproxin", "naprxoen", "tramadol", "", "été", "ete", "tramadols", "10", "1o", "a-b"];
        for (a, b) in words.iter().flat_map(|a| words.iter().map(move |b| (a, b))) {
            for limit in 0..4 {
                let exact = osa_distance(a, b);
                assert_eq!(distance(a, b, limit), (exact <= limit).then_some(exact), "{a} {b} {limit}");
            }
        }
    }
}
