//! Numbers as bytes: those of the prepared rulebook are read where they stand in the program, so that start-up neither
//! decodes nor copies them.

use crate::archive::Raw;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::borrow::Cow;
use std::ops::Range;

/// A list of 32-bit numbers in little-endian bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Packed(Cow<'static, [[u8; 4]]>);

impl Packed {
    /// The numbers, for reading many of them.
    #[inline]
    pub fn all(&self) -> Numbers<'_> {
        Numbers(&self.0)
    }

    /// The number at a position; the position must be within the list.
    #[inline]
    pub fn get(&self, at: usize) -> u32 {
        self.all().get(at)
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

    /// The bytes of all numbers.
    pub fn bytes(&self) -> &[u8] {
        self.0.as_flattened()
    }
}

/// A list of 32-bit numbers, wherever it stands.
#[derive(Clone, Copy, Debug)]
pub struct Numbers<'a>(&'a [[u8; 4]]);

impl Numbers<'_> {
    /// The number at a position; the position must be within the list.
    #[inline]
    pub fn get(self, at: usize) -> u32 {
        u32::from_le_bytes(self.0[at])
    }

    /// So many numbers from a position on; all must be within the list.
    #[inline]
    pub fn row<const N: usize>(self, at: usize) -> [u32; N] {
        let (mut row, list) = ([0; N], &self.0[at..at + N]);
        row.iter_mut().zip(list).for_each(|(number, bytes)| *number = u32::from_le_bytes(*bytes));
        row
    }

    /// Where a number stands in a part of the list that is sorted.
    #[inline]
    pub fn position(self, part: Range<usize>, number: u32) -> Option<usize> {
        self.0[part].binary_search_by(|known| u32::from_le_bytes(*known).cmp(&number)).ok()
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

impl Serialize for Packed {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Raw(self.bytes()).serialize(serializer)
    }
}

impl<'de: 'static> Deserialize<'de> for Packed {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Packed, D::Error> {
        <&'de [u8]>::deserialize(deserializer).map(Packed::from)
    }
}
