//! Numbers as bytes: those of the prepared rulebook are read where they stand in the program, so that start-up neither
//! decodes nor copies them.

use std::borrow::Cow;

/// A list of 32-bit numbers in little-endian bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Packed(Cow<'static, [[u8; 4]]>);

impl Packed {
    /// The number at a position; the position must be within the list.
    #[inline]
    pub fn get(&self, at: usize) -> u32 {
        u32::from_le_bytes(self.0[at])
    }

    /// So many numbers from a position on; all must be within the list.
    #[inline]
    pub fn row<const N: usize>(&self, at: usize) -> [u32; N] {
        let list: &[[u8; 4]] = &self.0[at..at + N];
        std::array::from_fn(|n| u32::from_le_bytes(list[n]))
    }

    /// How many numbers there are.
    #[inline]
    #[allow(clippy::len_without_is_empty)]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Adds a number.
    pub fn push(&mut self, number: u32) {
        self.0.to_mut().push(number.to_le_bytes());
    }

    /// The first position in `from..to` whose number is at least `least`; the numbers there must be sorted.
    #[inline]
    pub fn lower_bound(&self, mut from: usize, mut to: usize, least: u32) -> usize {
        while from < to {
            let middle = from + (to - from) / 2;
            if self.get(middle) < least { from = middle + 1 } else { to = middle }
        }
        from
    }

    /// The bytes of all numbers.
    pub fn bytes(&self) -> &[u8] {
        self.0.as_flattened()
    }
}

impl From<&'static [u8]> for Packed {
    fn from(bytes: &'static [u8]) -> Packed {
        Packed(Cow::Borrowed(bytes.as_chunks().0))
    }
}

impl FromIterator<u32> for Packed {
    fn from_iter<I: IntoIterator<Item = u32>>(numbers: I) -> Packed {
        Packed(Cow::Owned(numbers.into_iter().map(u32::to_le_bytes).collect()))
    }
}
