use super::*;
use crate::questionnaires::answer::{Answer, Answers};
use crate::questionnaires::checker::{self, Weight};
use crate::questionnaires::document;
use crate::questionnaires::question::Question;
use crate::questionnaires::routing;

const FILE: &[u8] = include_bytes!("../../../../tests/fixtures/limesurvey.lss");

fn carried() -> Carried {
    read(FILE).unwrap()
}

fn find<'a>(carried: &'a Carried, text: &str) -> &'a Question {
    let found = carried.questionnaire.questions().iter().find(|question| question.text.starts_with(text));
    found.unwrap_or_else(|| panic!("no question {text}"))
}

fn why<'a>(carried: &'a Carried, place: &str) -> Vec<&'a str> {
    carried.left.iter().filter(|left| left.place == place).map(|left| left.why.as_str()).collect()
}

#[test]
fn every_type_that_has_a_counterpart_is_taken_over_in_the_order_of_the_survey() {
    let carried = carried();
    assert_eq!(carried.title, "Your repair");
    assert_eq!(carried.introduction, "Tell us how it went.\nThank you for helping us.");
    assert_eq!(carried.next_steps, "We read every answer.");
    let kinds: Vec<(&str, &str)> = carried
        .questionnaire
        .questions()
        .iter()
        .map(|question| (question.text.as_str(), question.kind.tag()))
        .collect();
    assert_eq!(
        kinds,
        [
            ("Have you had a repair?", "one_choice"),
            ("How satisfied were you with it?", "scale"),
            ("Which trade was it?", "one_choice"),
            ("Why do you say that of the {answer:3}?", "long_text"),
            ("What was done?", "several_choices"),
            ("What is left to do?", "short_text"),
            ("How satisfied were you with each of these?", "grid"),
            ("How would you rate these? – Speed", "one_choice"),
            ("How would you rate these? – Manners", "one_choice"),
            ("How many days did it take?", "number"),
            ("When was it finished?", "date"),
            ("What matters most to you?", "ranking"),
            ("How would you rate us overall?", "one_choice"),
            ("What would make it better?", "short_text"),
            ("Are you…", "one_choice"),
            ("Where do you live?", "one_choice"),
            ("What do you call – your block", "short_text"),
            ("What do you call – your street", "short_text"),
            ("How many live with you? – Adults", "number"),
            ("How many live with you? – Children", "number"),
            ("Anything odd?", "short_text"),
            ("Anything else?", "short_text"),
            ("See this, .", "short_text"),
        ]
    );
    let repair = find(&carried, "Have you");
    assert_eq!((repair.required, repair.hint.as_str()), (true, "In the last 12 months"));
    let trade = find(&carried, "Which trade");
    assert_eq!(trade.kind.options(), ["Plumbing", "Heating & boilers", "Joinery"]);
    assert!(trade.mixed && !trade.required);
    assert_eq!(find(&carried, "Are you").hint, "The next questions are about you.");
    let numbers = serde_json::to_value(&find(&carried, "How many days").kind).unwrap();
    assert_eq!(numbers, serde_json::json!({ "kind": "number", "smallest": 0, "largest": 365, "unit": "days" }));
    let several = serde_json::to_value(&find(&carried, "What was done").kind).unwrap();
    assert_eq!((&several["least"], &several["most"]), (&serde_json::json!(1), &serde_json::json!(2)));
}

#[test]
fn who_is_asked_is_what_the_equations_say() {
    let carried = carried();
    let of = &carried.questionnaire;
    let asked = |answers: &[(&str, Answer)]| -> Vec<String> {
        let mut given = Answers::default();
        for (text, answer) in answers {
            given.put(find(&carried, text).key, answer.clone());
        }
        routing::asked(of, &given).into_iter().filter_map(|at| Some(of.at(at)?.text.clone())).collect()
    };
    let is_asked = |answers: &[(&str, Answer)], text: &str| asked(answers).iter().any(|asked| asked.starts_with(text));
    let yes = ("Have you", Answer::Option(0));
    assert!(
        !is_asked(&[], "How satisfied were you with it")
            && is_asked(std::slice::from_ref(&yes), "How satisfied were you with it")
    );
    // "A5" is the last point of the file's list and of ours; joinery is ruled out by the "not".
    let unhappy = ("How satisfied were you with it", Answer::Option(4));
    assert!(is_asked(&[yes.clone(), unhappy.clone()], "Why do you"));
    assert!(!is_asked(&[yes.clone(), unhappy.clone(), ("Which trade", Answer::Option(2))], "Why do you"));
    assert!(!is_asked(&[yes.clone(), ("How satisfied were you with it", Answer::Option(0))], "Why do you"));
    assert!(is_asked(&[("What was done", Answer::Several(vec![1]))], "What is left"));
    assert!(!is_asked(&[("What was done", Answer::Several(vec![0]))], "What is left"));
    assert!(is_asked(&[("How would you rate us", Answer::Option(1))], "What would make"));
    assert!(!is_asked(&[("How would you rate us", Answer::Option(2))], "What would make"));
    // The group's own equation holds for each of its questions.
    assert!(!is_asked(&[], "Where do you live") && is_asked(std::slice::from_ref(&yes), "Where do you live"));
    assert!(is_asked(std::slice::from_ref(&yes), "See this"));
    let said = [yes, unhappy, ("Why do you", Answer::Open("x".into())), ("How would you rate us", Answer::Option(4))];
    assert!(!is_asked(&said, "See this"));
}

#[test]
fn all_that_could_not_be_taken_over_is_said_with_its_place() {
    let carried = carried();
    let says = |place: &str, words: &str| {
        let why = why(&carried, place);
        assert!(why.iter().any(|why| why.contains(words)), "{place}: {why:?}");
    };
    says("The survey", "Those in other languages (cy) were left out");
    says("The survey", "quotas");
    says("The survey", "Answers filled in beforehand");
    says("Group “About you”", "“A few things about you.”");
    says("Question BETWEEN", "Everybody reads it now");
    says("Question SEX", "The text before it stands in its hint now");
    says("Question DONE", "The box for another answer was left out");
    says("Question RATE", "It became 2 questions");
    says("Question PHOTO", "It was left out. Files cannot be sent with a survey, but for one photo: “Send us a photo”");
    says("Question DUAL", "two scales");
    says("Question SUM", "It was left out. An equation");
    says("Question SECRET", "It was hidden");
    says("Question ODD", "it uses the function “count”");
    says("Question ODD", "Leaving it blank was asked about once");
    says("Question LATER", "it names “ZZZ.NAOK”");
    says("Question LATER", "Its own check of the answer was left out");
    says("Question ONE", "A picture, a link or a script");
    says("Question ONE", "curly brackets");
    for whole in ["REP1", "SAT1", "TRADE", "WHY", "DAYS", "WHEN", "RANK", "OVER", "AREA"] {
        assert_eq!(why(&carried, &format!("Question {whole}")), Vec::<&str>::new(), "{whole}");
    }
}

#[test]
fn what_was_taken_over_is_sound_and_passes_through_a_document() {
    let carried = carried();
    let wrong: Vec<_> =
        checker::check(&carried.questionnaire).into_iter().filter(|found| found.weight == Weight::Wrong).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
    let written = document::write(&carried.questionnaire, &[]);
    let back = document::read(&written, crate::questionnaires::questionnaire::Questionnaire::default(), &[]).unwrap();
    assert_eq!(document::write(&back, &[]), written);
}

#[test]
fn a_file_of_before_the_tables_of_translations_is_read_from_its_rows() {
    let old = r"<document><LimeSurveyDocType>Survey</LimeSurveyDocType><DBVersion>359</DBVersion>
        <languages><language>en</language></languages>
        <answers><rows><row><qid>1</qid><code>A1</code><answer>Red</answer><sortorder>1</sortorder><language>en</language><scale_id>0</scale_id></row>
          <row><qid>1</qid><code>A2</code><answer>Blue</answer><sortorder>2</sortorder><language>en</language></row>
          <row><qid>1</qid><code>A1</code><answer>Coch</answer><sortorder>1</sortorder><language>cy</language></row></rows></answers>
        <groups><rows><row><gid>9</gid><sid>1</sid><group_name>One</group_name><group_order>0</group_order><language>en</language></row></rows></groups>
        <questions><rows><row><qid>1</qid><sid>1</sid><gid>9</gid><type>L</type><title>COL</title><question>Which colour?</question><mandatory>N</mandatory><language>en</language></row>
          <row><qid>1</qid><sid>1</sid><gid>9</gid><type>L</type><title>COL</title><question>Pa liw?</question><language>cy</language></row></rows></questions>
        <surveys><rows><row><sid>1</sid><language>en</language></row></rows></surveys>
        <surveys_languagesettings><rows><row><surveyls_language>en</surveyls_language><surveyls_title>Colours</surveyls_title></row></rows></surveys_languagesettings></document>";
    let carried = read(old.as_bytes()).unwrap();
    assert_eq!((carried.title.as_str(), carried.questionnaire.questions().len()), ("Colours", 1));
    assert_eq!(carried.questionnaire.at(0).unwrap().kind.options(), ["Red", "Blue"]);
    assert_eq!(carried.left, []);
}

#[test]
fn another_kind_of_file_of_theirs_is_no_survey() {
    let group = "<document><LimeSurveyDocType>Group</LimeSurveyDocType><surveys><rows><row><sid>1</sid></row></rows></surveys></document>";
    assert_eq!(read(group.as_bytes()), Err(Refused::NoSurvey));
    assert_eq!(read(b"<document><a>1</a></document>"), Err(Refused::NoSurvey));
}

#[test]
fn v07_hostile_texts_become_plain_words_and_no_equation_runs_away() {
    let deep = format!("{}REP1.NAOK == \"Y\"{}", "(".repeat(100), ")".repeat(100));
    let text = String::from_utf8(FILE.to_vec()).unwrap();
    let hostile = text
        .replace("Have you had a repair?", "&lt;img src=x onerror=alert(1)>Had a repair?<script>alert(2)</script>")
        .replace("OVER.NAOK <= 2", &deep)
        .replace("Millbeck", "=SUM(A1)<b onclick=x>");
    let carried = read(hostile.as_bytes()).unwrap();
    let repair = find(&carried, "<img src=x");
    assert!(!repair.text.contains("script"), "{}", repair.text);
    assert_eq!(find(&carried, "Where do you live").kind.options()[0], "=SUM(A1)");
    assert!(why(&carried, "Question BELOW")[0].contains("so that everybody is"));
}
