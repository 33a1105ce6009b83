//! The languages a survey can be in, and the easy-read variant of English.

/// A language, or a variant of one that is written for other readers.
#[derive(Debug, PartialEq, Eq)]
pub struct Language {
    /// Its code in addresses and in the database: "cy".
    pub code: &'static str,
    /// Its BCP 47 tag, from which browsers and screen readers know it.
    pub tag: &'static str,
    /// Its name in itself, for those who look for it.
    pub name: &'static str,
    /// Its name in English, for staff.
    pub english: &'static str,
    /// Whether it is written from right to left.
    pub rtl: bool,
}

const fn ltr(code: &'static str, name: &'static str, english: &'static str) -> Language {
    Language { code, tag: code, name, english, rtl: false }
}

const fn rtl(code: &'static str, name: &'static str, english: &'static str) -> Language {
    Language { rtl: true, ..ltr(code, name, english) }
}

/// English, in which every survey is written first.
pub const ENGLISH: Language = Language { tag: "en-GB", ..ltr("en", "English", "English") };

/// English in short sentences and plain words.
pub const EASY_READ: Language = Language { tag: "en-GB", ..ltr("easy", "Easy read", "Easy read") };

/// What a survey can be translated into, in the order in which they are offered: Welsh and easy read, then the languages
/// most spoken in homes in England and Wales after English, by their English names.
pub static ALL: [Language; 22] = [
    ltr("cy", "Cymraeg", "Welsh"),
    EASY_READ,
    rtl("ar", "العربية", "Arabic"),
    ltr("bn", "বাংলা", "Bengali"),
    Language { tag: "zh-Hans", ..ltr("zh", "简体中文", "Chinese (simplified)") },
    ltr("fr", "Français", "French"),
    ltr("gu", "ગુજરાતી", "Gujarati"),
    rtl("ckb", "کوردیی ناوەندی", "Kurdish (Sorani)"),
    ltr("lt", "Lietuvių", "Lithuanian"),
    ltr("pa", "ਪੰਜਾਬੀ", "Panjabi"),
    rtl("fa", "فارسی", "Persian"),
    ltr("pl", "Polski", "Polish"),
    ltr("pt", "Português", "Portuguese"),
    ltr("ro", "Română", "Romanian"),
    ltr("so", "Soomaali", "Somali"),
    ltr("es", "Español", "Spanish"),
    ltr("ta", "தமிழ்", "Tamil"),
    ltr("ti", "ትግርኛ", "Tigrinya"),
    ltr("tr", "Türkçe", "Turkish"),
    ltr("uk", "Українська", "Ukrainian"),
    rtl("ur", "اردو", "Urdu"),
    ltr("vi", "Tiếng Việt", "Vietnamese"),
];

/// The language with this code, if a survey can be translated into it.
#[must_use]
pub fn find(code: &str) -> Option<&'static Language> {
    ALL.iter().find(|language| language.code == code)
}

/// Other names under which lists of homes know a language.
const ALSO: [(&str, &str); 6] =
    [("punjabi", "pa"), ("farsi", "fa"), ("mandarin", "zh"), ("chinese", "zh"), ("kurdish", "ckb"), ("sorani", "ckb")];

/// The language that a list of homes names, by its code, its own name or its English one: "cy", "Cymraeg", "welsh".
#[must_use]
pub fn named(words: &str) -> Option<&'static Language> {
    let words = words.trim().to_lowercase();
    let also = ALSO.iter().find(|(name, _)| *name == words).map(|(_, code)| *code);
    let is_meant = |language: &&Language| {
        let names = [language.code, language.name, language.english];
        also == Some(language.code) || names.iter().any(|name| name.to_lowercase() == words)
    };
    ALL.iter().find(is_meant)
}

impl Language {
    /// The direction in which it is written, as in HTML.
    #[must_use]
    pub const fn direction(&self) -> &'static str {
        if self.rtl { "rtl" } else { "ltr" }
    }

    /// Whether it is English, though in easier words perhaps.
    #[must_use]
    pub fn is_english(&self) -> bool {
        self.tag == ENGLISH.tag
    }

    /// Whether it is the easy-read variant.
    #[must_use]
    pub fn is_easy_read(&self) -> bool {
        self.code == EASY_READ.code
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_known_as_lists_name_it() {
        for (words, code) in
            [("Welsh", "cy"), (" cymraeg ", "cy"), ("POLISH", "pl"), ("ur", "ur"), ("Punjabi", "pa"), ("Chinese", "zh")]
        {
            assert_eq!(named(words).map(|language| language.code), Some(code), "{words}");
        }
        for words in ["", "English", "Klingon", "Pol"] {
            assert_eq!(named(words), None, "{words}");
        }
    }

    #[test]
    fn a_language_has_one_code_and_names_itself() {
        let mut codes: Vec<&str> = ALL.iter().map(|language| language.code).collect();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), ALL.len());
        assert!(ALL.iter().all(|language| !language.name.is_empty() && !language.english.is_empty()));
        let rtl: Vec<&str> = ALL.iter().filter(|language| language.rtl).map(|language| language.code).collect();
        assert_eq!(rtl, ["ar", "ckb", "fa", "ur"]);
        assert!(find("cy").is_some_and(|welsh| welsh.name == "Cymraeg" && !welsh.is_english()));
        assert!(find("en").is_none() && find("").is_none());
    }
}
