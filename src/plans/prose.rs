//! Reading a status cell: people write it as prose, in no fixed words.

use super::deadline::Deadline;
use super::month::Month;
use super::sentence::{self, Claim, Sentence};
use super::status::Status;

/// What a status cell says. The cell's own text is kept beside it by the caller.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The state of the action as a whole.
    pub status: Status,
    /// One state per line of the deadline cell, where the lines match up; else empty.
    pub parts: Vec<Status>,
    /// A deadline the words say has taken the old one's place.
    pub revised: Option<Month>,
    /// The share of the work said to be done.
    pub per_cent: Option<u8>,
    /// What a person should check.
    pub warnings: Vec<String>,
}

/// Reads a status cell beside the deadline of the same row.
#[must_use]
pub fn read(text: &str, deadline: &Deadline) -> Reading {
    let lines: Vec<Vec<Sentence>> =
        text.lines().map(str::trim).filter(|l| !l.is_empty()).map(sentence::read_line).collect();
    let each: Vec<Status> = lines.iter().map(|l| line_status(l)).collect();
    let status = together(&each);
    let several = deadline.parts.len() > 1;
    let parts = if several && each.len() == deadline.parts.len() { each } else { vec![] };
    let sentences: Vec<Sentence> = lines.into_iter().flatten().collect();
    let revised = revised(&sentences).filter(|month| deadline.last().is_none_or(|last| *month != last));
    let per_cent = sentences.iter().find_map(|s| s.per_cent);
    let warnings = warnings(text, status, &parts, &sentences, revised, deadline);
    Reading { status, parts, revised, per_cent, warnings }
}

fn line_status(sentences: &[Sentence]) -> Status {
    let has = |claim: Claim| sentences.iter().any(|s| s.claim == claim);
    let outstanding = sentences
        .iter()
        .enumerate()
        .any(|(at, s)| s.claim == Claim::Outstanding && !kept_later(s, sentences.get(at + 1..).unwrap_or_default()));
    if sentences.first().is_some_and(|s| s.claim == Claim::PlainlyDone) {
        return Status::Done;
    }
    if has(Claim::Merged) {
        return Status::Merged;
    }
    if has(Claim::Stopped) {
        return Status::Stopped;
    }
    if has(Claim::NotStarted) {
        return Status::NotStarted;
    }
    if outstanding {
        return Status::OnTrack;
    }
    // A single phase or draft does not finish an action; two named phases are taken as all of it.
    let phases = sentences.iter().filter(|s| s.claim == Claim::PartDone).count();
    if has(Claim::PlainlyDone) || has(Claim::Done) || has(Claim::InPlace) || phases > 1 {
        return Status::Done;
    }
    if has(Claim::Running) || has(Claim::Coming) {
        return Status::OnTrack;
    }
    Status::Unclassified
}

/// "The report will be ready in March" no longer stands once a later sentence says "Report has been
/// presented": the noun before "will" opens a sentence in the perfect.
fn kept_later(promise: &Sentence, later: &[Sentence]) -> bool {
    let Some(noun) = promise.text.split(" will ").next().and_then(|b| b.split_whitespace().last()) else {
        return false;
    };
    later.iter().any(|s| {
        let subject = s.text.strip_prefix("the ").unwrap_or(&s.text);
        subject.strip_prefix(noun).is_some_and(|rest| {
            rest.starts_with(" has been ") || rest.starts_with(" have been ") || rest.starts_with(" was ")
        })
    })
}

/// The lines of a cell as one state: lines that say nothing are left aside.
fn together(lines: &[Status]) -> Status {
    let said: Vec<Status> = lines.iter().copied().filter(|s| *s != Status::Unclassified).collect();
    match said.split_first() {
        None => Status::Unclassified,
        Some((first, rest)) if rest.iter().all(|s| s == first) => *first,
        Some(_) if said.iter().all(|s| s.is_over()) => Status::Done,
        Some(_) => Status::OnTrack,
    }
}

/// A new deadline, only where the words say that the old one no longer holds: a delay with a date
/// after it, or a completion that is revised, likely or now due. Any other date is not one.
fn revised(sentences: &[Sentence]) -> Option<Month> {
    const SAYS: &[&str] = &[
        "revised",
        "completion likely",
        "completion is likely",
        "completion now",
        "completion expected",
        "completion is expected",
        "completion is now",
        "completion due",
        "completion is due",
        "now due",
        "put back to",
        "postponed to",
        "postponed until",
        "rescheduled",
        "slipped to",
        "extended to",
        "deadline moved to",
        "new deadline",
    ];
    let mut delayed = false;
    let mut month = None;
    for sentence in sentences {
        delayed |= sentence.text.contains("delayed") || sentence.text.contains("slipped");
        let says = SAYS.iter().any(|p| sentence.text.contains(p));
        if (delayed || says)
            && let Some(last) = sentence.months.iter().max()
        {
            month = Some(*last);
        }
    }
    month
}

fn warnings(
    text: &str,
    status: Status,
    parts: &[Status],
    sentences: &[Sentence],
    revised: Option<Month>,
    deadline: &Deadline,
) -> Vec<String> {
    let mut warnings = Vec::new();
    if status == Status::Unclassified {
        warnings.push(if text.trim().is_empty() {
            "Nothing is written: a person has to say how this stands".to_owned()
        } else {
            "The words do not say how this stands: a person has to".to_owned()
        });
    }
    let claims = |claim: Claim| sentences.iter().find(|s| s.claim == claim);
    let plain = claims(Claim::PlainlyDone).is_some();
    if status == Status::Done
        && !plain
        && let Some(s) = claims(Claim::Done).or(claims(Claim::PartDone)).or(claims(Claim::InPlace))
    {
        warnings.push(format!("Read as done from \u{201c}{}\u{201d}", s.text));
    }
    if status == Status::Done && sentences.iter().any(|s| matches!(s.claim, Claim::Outstanding | Claim::Coming)) {
        warnings.push("Read as done, though the words also name work to come".to_owned());
    }
    if status == Status::Done && parts.contains(&Status::Unclassified) {
        warnings.push("Read as done, though one line does not say so".to_owned());
    }
    let lines = text.lines().filter(|l| !l.trim().is_empty()).count();
    if deadline.parts.len() > 1 && lines > 1 && lines != deadline.parts.len() {
        let dates = deadline.parts.len();
        warnings.push(format!("{lines} lines of status stand beside {dates} deadlines; read as one"));
    }
    if status == Status::Merged {
        warnings.push("Say which action it was merged into, so that each links to the other".to_owned());
    }
    let last_named = sentences.iter().flat_map(|s| &s.months).max();
    if let (Some(named), Some(due), None, false) = (last_named, deadline.last(), revised, status.is_over())
        && *named > due
    {
        warnings.push(format!("The words name {named}, after the deadline of {due}; the deadline was not changed"));
    }
    warnings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plans::deadline;

    fn status(text: &str, due: &str) -> Status {
        read(text, &deadline::read(due).0).status
    }

    #[test]
    fn a_plain_word_at_the_head_of_a_line_decides() {
        assert_eq!(status("Complete. More pages will be added in November 2009.", "Jun 2009"), Status::Done);
        assert_eq!(status("Complete.\nComplete.", "Apr 2009\nJun 2009"), Status::Done);
    }

    #[test]
    fn one_thing_finished_and_another_promised_is_not_done() {
        assert_eq!(
            status("Training on the data complete. Summary will be printed December 2009.", "Oct 2009"),
            Status::OnTrack
        );
    }

    #[test]
    fn follow_on_work_without_a_date_does_not_undo_done() {
        assert_eq!(status("Visits complete and notes shared. More will be learnt from them.", "Sept 09"), Status::Done);
    }

    #[test]
    fn a_promise_kept_later_in_the_cell_is_not_outstanding() {
        let text = "First talks are complete. 2nd phase by letter complete. It closed in August 09 and findings will be ready mid September 09. Findings have been shared with the Board.";
        assert_eq!(status(text, "Apr \u{2013} Jun 2009"), Status::Done);
    }

    #[test]
    fn one_phase_is_not_the_whole() {
        assert_eq!(status("Phase 1 complete.", "Jun 2009"), Status::Unclassified);
    }

    #[test]
    fn prose_that_says_no_state_is_left_to_a_person() {
        let reading =
            read("Draft produced early September and out for comment Sept 09.", &deadline::read("Sep 2009").0);
        assert_eq!(reading.status, Status::Unclassified);
        assert!(reading.warnings[0].contains("a person has to"));
        assert_eq!(status("", "Feb 2010"), Status::Unclassified);
    }

    #[test]
    fn a_delay_with_a_date_revises_the_deadline_and_any_other_date_does_not() {
        let month = |text: &str, due: &str| {
            let reading = read(text, &deadline::read(due).0);
            (reading.revised.map(Month::code), reading.warnings.len())
        };
        assert_eq!(month("Start delayed. A first version will be ready by November 2009. The last version will be before the Board in February 2010.", "Jul \u{2013} Sept 2009").0.as_deref(), Some("2010-02"));
        assert_eq!(month("Start delayed. Revised finish due Jan 10", "Oct 2009").0.as_deref(), Some("2010-01"));
        assert_eq!(
            month("Waits for another team. Completion likely in Jan 10.", "Oct 2009").0.as_deref(),
            Some("2010-01")
        );
        let (none, warnings) = month("Standard to be complete by Jan 2010.", "Oct 2009");
        assert_eq!((none, warnings), (None, 1));
    }

    #[test]
    fn lines_that_match_the_deadlines_become_parts() {
        let due = deadline::read("Oct 2009\nNov 2009").0;
        let reading = read("The count is complete.\nPaper going to panels 23.11.09.", &due);
        assert_eq!(reading.parts, [Status::Done, Status::OnTrack]);
        assert_eq!(reading.status, Status::OnTrack);
        assert!(read("Complete.", &due).parts.is_empty());
    }

    #[test]
    fn a_share_of_the_work_is_read_and_means_unfinished() {
        let reading = read(
            "60% of the leaflets are completed. The rest will follow during November.",
            &deadline::read("Oct 2009").0,
        );
        assert_eq!((reading.status, reading.per_cent), (Status::OnTrack, Some(60)));
    }
}
