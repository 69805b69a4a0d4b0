//! Characters of the symbol fonts that Word uses by their places in the font.

/// The character that a symbol shows. Fonts of symbols have theirs at U+F020 to U+F0FF, an area without meaning.
pub fn symbol(code: u32, font: &str) -> char {
    let place = match code {
        0xf000..=0xf0ff => code - 0xf000,
        0x20..=0xff if font.starts_with("Wingdings") || font == "Symbol" => code,
        _ => return char::from_u32(code).filter(|c| !c.is_control()).unwrap_or(char::REPLACEMENT_CHARACTER),
    };
    let table: &[(u32, char)] = if font.starts_with("Wingdings") { WINGDINGS } else { SYMBOL };
    let found = table.iter().find(|(at, _)| *at == place).map(|(_, c)| *c);
    // digits and signs stand where they do in other fonts
    found.or(char::from_u32(place).filter(|c| matches!(c, ' '..='@'))).unwrap_or('•')
}

/// Text with the characters of symbol fonts that were typed into it.
pub fn known(c: char) -> char {
    if matches!(c, '\u{f020}'..='\u{f0ff}') { symbol(c as u32, "Symbol") } else { c }
}

/// Adobe's Symbol encoding, the signs that prose has.
const SYMBOL: &[(u32, char)] = &[
    (0x61, 'α'),
    (0x62, 'β'),
    (0x67, 'γ'),
    (0x64, 'δ'),
    (0x44, 'Δ'),
    (0x6d, 'μ'),
    (0x70, 'π'),
    (0x73, 'σ'),
    (0xa3, '≤'),
    (0xa5, '∞'),
    (0xad, '↑'),
    (0xae, '→'),
    (0xaf, '↓'),
    (0xb0, '°'),
    (0xb1, '±'),
    (0xb2, '″'),
    (0xb3, '≥'),
    (0xb4, '×'),
    (0xb7, '•'),
    (0xb8, '÷'),
    (0xb9, '≠'),
    (0xbb, '≈'),
    (0xbc, '…'),
    (0xbe, '—'),
    (0xd2, '®'),
    (0xd3, '©'),
    (0xd4, '™'),
    (0xa2, '′'),
    (0x2d, '−'),
];

/// Marks of Wingdings that forms have.
const WINGDINGS: &[(u32, char)] = &[
    (0x6f, '□'),
    (0xa8, '□'),
    (0x71, '□'),
    (0x78, '☒'),
    (0xfb, '✗'),
    (0xfc, '✓'),
    (0xfd, '☒'),
    (0xfe, '☑'),
    (0xe0, '→'),
    (0xdf, '←'),
    (0xa7, '▪'),
    (0xd8, '➢'),
];
