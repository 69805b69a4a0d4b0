//! The matcher as bytes: written when a rulebook is prepared, read where they stand.

use super::matcher::Matcher;
use super::packed::Packed;
use crate::archive::Raw;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::borrow::Cow;

impl Serialize for Matcher {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Raw(&self.to_bytes()).serialize(serializer)
    }
}

impl<'de: 'static> Deserialize<'de> for Matcher {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Matcher, D::Error> {
        let bytes = <&'de [u8]>::deserialize(deserializer)?;
        Matcher::from_bytes(bytes).ok_or_else(|| D::Error::custom("these are no phrases"))
    }
}

impl Matcher {
    /// The matcher as bytes, for [`Matcher::from_bytes`].
    fn to_bytes(&self) -> Vec<u8> {
        let mut all = Vec::new();
        let lists = self.lists().map(Packed::bytes);
        for list in std::iter::once(self.arena.as_bytes()).chain(lists) {
            all.extend((list.len() as u32).to_le_bytes());
            all.extend(list);
        }
        all
    }

    /// A matcher that reads where the bytes stand; none if they are not what [`Matcher::to_bytes`] gave.
    fn from_bytes(bytes: &'static [u8]) -> Option<Matcher> {
        let mut rest = bytes;
        let mut next = || {
            let (length, behind) = rest.split_first_chunk::<4>()?;
            let (list, behind) = behind.split_at_checked(u32::from_le_bytes(*length) as usize)?;
            rest = behind;
            Some(list)
        };
        let arena = Cow::Borrowed(std::str::from_utf8(next()?).ok()?);
        let mut list = || next().map(Packed::from);
        Some(Matcher {
            arena,
            slots: list()?,
            starts: list()?,
            shorts: list()?,
            roots: list()?,
            nodes: list()?,
            edge_keys: list()?,
            edge_nodes: list()?,
            endings: list()?,
            tails: list()?,
            kinds: list()?,
        })
    }

    /// The lists of numbers, in the order in which they are written and read.
    fn lists(&self) -> impl Iterator<Item = &Packed> {
        [
            &self.slots,
            &self.starts,
            &self.shorts,
            &self.roots,
            &self.nodes,
            &self.edge_keys,
            &self.edge_nodes,
            &self.endings,
            &self.tails,
            &self.kinds,
        ]
        .into_iter()
    }
}
