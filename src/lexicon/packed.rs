//! Numbers as bytes: read out of the prepared rulebook as they are, so that start-up copies them and decodes none.

use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A list of 32-bit numbers in little-endian bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Packed(Vec<u8>);

impl Packed {
    /// The number at a position; the position must be within the list.
    #[inline]
    pub fn get(&self, at: usize) -> u32 {
        let bytes = &self.0[at * 4..at * 4 + 4];
        u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]])
    }

    /// How many numbers there are.
    #[inline]
    pub fn len(&self) -> usize {
        self.0.len() / 4
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds a number.
    pub fn push(&mut self, number: u32) {
        self.0.extend_from_slice(&number.to_le_bytes());
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
}

impl FromIterator<u32> for Packed {
    fn from_iter<I: IntoIterator<Item = u32>>(numbers: I) -> Packed {
        let mut packed = Packed::default();
        numbers.into_iter().for_each(|n| packed.push(n));
        packed
    }
}

impl Serialize for Packed {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(&self.0)
    }
}

impl<'de> Deserialize<'de> for Packed {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Packed, D::Error> {
        struct Bytes;
        impl Visitor<'_> for Bytes {
            type Value = Packed;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, "numbers of four bytes")
            }
            fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<Packed, E> {
                if bytes.len().is_multiple_of(4) {
                    Ok(Packed(bytes.to_vec()))
                } else {
                    Err(E::invalid_length(bytes.len(), &self))
                }
            }
        }
        deserializer.deserialize_bytes(Bytes)
    }
}
