//! Numbers that look drawn and are always the same for the same seed.

/// A sequence of numbers (SplitMix64).
#[derive(Clone, Debug, Default)]
pub struct Dice(u64);

impl Dice {
    /// A sequence for a seed and some words.
    pub fn new(seed: u64, words: &[&str]) -> Dice {
        let mut state = seed ^ 0xcbf2_9ce4_8422_2325;
        for byte in words.iter().flat_map(|w| w.bytes().chain([0xff])) {
            state = (state ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
        Dice(state)
    }

    /// The next number.
    pub fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// One of some things; none of none.
    pub fn pick<'a, T>(&mut self, things: &'a [T]) -> Option<&'a T> {
        let n = self.roll() as usize;
        things.get(n.checked_rem(things.len())?)
    }
}
