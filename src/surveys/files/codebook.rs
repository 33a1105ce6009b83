//! What the variables of a data file mean: a row for each code, so that the file can be read without the program.

use crate::exchange::variable::{Value, Variable};

/// The heads of a codebook.
pub const HEADS: [&str; 6] = ["Variable", "Question", "Holds", "Code", "Words", "No answer"];

/// A row for each code of each variable, or one row where a variable has no codes.
#[must_use]
pub fn rows(variables: &[Variable]) -> Vec<Vec<Value>> {
    let rows = variables.iter().flat_map(|variable| {
        let start = [&variable.name, &variable.label, variable.holds.in_words()].map(Value::words).to_vec();
        let codes: Vec<Vec<Value>> = variable
            .holds
            .labels()
            .into_iter()
            .map(|(code, words)| {
                let missing = if variable.holds.is_missing(code) { "Yes" } else { "" };
                let end = [Value::Number(f64::from(code)), Value::words(words), Value::words(missing)];
                start.iter().cloned().chain(end).collect()
            })
            .collect();
        if codes.is_empty() { vec![start] } else { codes }
    });
    rows.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::variable::Holds;

    #[test]
    fn every_code_is_a_row_and_says_whether_it_is_an_answer() {
        let labels = vec![(1, "No answer".to_owned()), (8, "Yes".to_owned())];
        let codes = Variable::new("q1", "Had a repair?", Holds::Codes { labels, ordered: false });
        let words = Variable::new("q2", "Why?", Holds::Words);
        let rows = rows(&[codes, words]);
        assert_eq!(rows.len(), 3);
        assert_eq!(rows[0][3..], [Value::Number(1.0), Value::words("No answer"), Value::words("Yes")]);
        assert_eq!(rows[1][3..], [Value::Number(8.0), Value::words("Yes"), Value::Blank]);
        assert_eq!(rows[2], [Value::words("q2"), Value::words("Why?"), Value::words("Words")]);
    }
}
