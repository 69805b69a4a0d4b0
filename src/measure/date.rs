//! Calendar dates. The only file that names `jiff`.

use jiff::civil;
use std::fmt;

/// A day of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(civil::Date);

impl Date {
    /// A date, if there is such a day; years of two digits are those from 1950 to 2049.
    pub fn new(year: i32, month: u32, day: u32) -> Option<Date> {
        let year = match year {
            0..50 => year + 2000,
            50..100 => year + 1900,
            _ => year,
        };
        // a letter speaks of days in the lives of its people
        if !(1900..=2100).contains(&year) {
            return None;
        }
        civil::Date::new(year as i16, month as i8, day as i8).ok().map(Date)
    }

    /// A date as rules and options write it: YYYY-MM-DD.
    ///
    /// # Errors
    /// A sentence that says what is wrong, for a diagnostic.
    pub fn parse(text: &str) -> Result<Date, String> {
        let parts: Vec<&str> = text.trim().split('-').collect();
        if let [year, month, day] = parts[..]
            && (year.len(), month.len(), day.len()) == (4, 2, 2)
            && let (Ok(year), Ok(month), Ok(day)) = (year.parse(), month.parse(), day.parse())
        {
            return Date::new(year, month, day).ok_or_else(|| format!("there is no day `{text}`"));
        }
        Err(format!("`{text}` is no date of the form YYYY-MM-DD"))
    }

    /// Days from `earlier` to this date; negative if this date is the earlier one.
    pub fn days_since(self, earlier: Date) -> i64 {
        i64::from(self.0.since(earlier.0).map_or(0, |span| span.get_days()))
    }

    /// The date some days later; earlier for a negative number. The ends of the calendar hold.
    pub fn plus_days(self, days: i64) -> Date {
        Date(self.0.saturating_add(jiff::Span::new().days(days)))
    }

    /// As letters write it: MM/DD/YYYY.
    pub fn american(self) -> String {
        format!("{:02}/{:02}/{:04}", self.month(), self.day(), self.year())
    }

    /// The year.
    pub fn year(self) -> i32 {
        i32::from(self.0.year())
    }

    /// The month from 1.
    pub fn month(self) -> u32 {
        self.0.month() as u32
    }

    /// The day of the month from 1.
    pub fn day(self) -> u32 {
        self.0.day() as u32
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year(), self.month(), self.day())
    }
}

impl serde::Serialize for Date {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            serializer.collect_str(self)
        } else {
            (self.year(), self.month(), self.day()).serialize(serializer)
        }
    }
}

impl<'de> serde::Deserialize<'de> for Date {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Date, D::Error> {
        let (year, month, day) = <(i32, u32, u32)>::deserialize(deserializer)?;
        Date::new(year, month, day).ok_or_else(|| serde::de::Error::custom("no such day"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_strictly_and_years_of_two_digits_are_ours() {
        assert_eq!(Date::parse("2016-07-28").unwrap().to_string(), "2016-07-28");
        assert!(Date::parse("2016-02-30").unwrap_err().contains("no day"));
        assert!(Date::parse("28.7.2016").is_err());
        assert_eq!(Date::new(14, 9, 2), Date::new(2014, 9, 2));
    }

    #[test]
    fn days_are_counted() {
        let date = |s| Date::parse(s).unwrap();
        assert_eq!(date("2017-01-01").days_since(date("2016-01-01")), 366);
        assert_eq!(date("2016-01-01").days_since(date("2016-01-31")), -30);
    }
}
