//! The pages of surveys: first what residents see, then the staff workspace.

mod all;
#[cfg(test)]
mod all_tests;
mod approach;
mod bars;
mod by_channel;
#[cfg(test)]
mod channels_tests;
mod check;
mod code;
mod condition_form;
#[cfg(test)]
mod figures_tests;
mod found;
mod items;
#[cfg(test)]
mod kinds_tests;
#[cfg(test)]
mod languages_tests;
mod list;
#[cfg(test)]
mod logic_tests;
mod measures;
#[cfg(test)]
mod measures_tests;
mod onward;
mod over_time;
mod over_time_weighted;
mod paper;
mod personal;
mod photo;
#[cfg(test)]
mod photos_tests;
mod public_results;
mod question;
mod reach;
mod results_data;
mod rolling;
#[cfg(test)]
mod sealed_tests;
mod send;
mod staff_answers;
mod staff_approach;
mod staff_asked;
mod staff_batch;
#[cfg(test)]
mod staff_batch_tests;
mod staff_batches;
mod staff_call;
mod staff_calls;
mod staff_cross_tab;
#[cfg(test)]
mod staff_cross_tab_tests;
mod staff_details;
mod staff_enter;
#[cfg(test)]
mod staff_enter_tests;
mod staff_events;
#[cfg(test)]
mod staff_events_tests;
mod staff_files;
#[cfg(test)]
mod staff_files_tests;
mod staff_form;
mod staff_homes;
mod staff_import;
#[cfg(test)]
mod staff_import_tests;
mod staff_intake;
mod staff_intake_check;
#[cfg(test)]
mod staff_intake_tests;
mod staff_invite;
mod staff_languages;
mod staff_list;
mod staff_logic;
mod staff_measures;
mod staff_page_words;
mod staff_photos;
#[cfg(test)]
mod staff_photos_tests;
mod staff_publishing;
#[cfg(test)]
mod staff_publishing_tests;
mod staff_question;
mod staff_results;
mod staff_sample;
mod staff_sample_form;
mod staff_sample_homes;
mod staff_sample_need;
mod staff_sample_parts;
mod staff_sample_print;
#[cfg(test)]
mod staff_sample_tests;
#[cfg(test)]
mod staff_sample_whole_tests;
mod staff_show;
mod staff_skip;
mod staff_steps;
#[cfg(test)]
mod staff_tests;
mod staff_texts;
#[cfg(test)]
mod staff_texts_tests;
mod staff_try;
mod staff_waves;
mod staff_weighting;
mod standing;
mod start;
#[cfg(test)]
mod start_tests;
mod stop;
#[cfg(test)]
pub mod tests;
mod texts_form;
mod thanks;
mod verbatims;
mod versions;
mod weighted;
#[cfg(test)]
mod weighting_tests;

use crate::web::{Route, route};

/// Every route of surveys.
#[must_use]
pub fn routes() -> Vec<Route> {
    vec![
        route("/surveys").get(list::get),
        route("/surveys/{slug}").get(start::get).post(start::post),
        route("/surveys/{slug}/q/{n}").get(question::get).post(question::post).with_uploads(),
        route("/surveys/{slug}/photos/{file}").get(photo::get),
        route("/surveys/{slug}/check").get(check::get).post(check::post),
        route("/surveys/{slug}/all").get(all::get).post(all::post),
        route("/surveys/{slug}/thanks").get(thanks::get),
        route("/surveys/{slug}/results").get(public_results::get).cached(),
        route("/surveys/{slug}/results.json").get(results_data::json).cached(),
        route("/surveys/{slug}/results.csv").get(results_data::csv).cached(),
        route("/surveys/{slug}/approach").get(approach::get).cached(),
        route("/surveys/{slug}/paper").get(paper::get_public),
        route("/s").get(code::get).post(code::post),
        route("/s/{token}").get(personal::get).post(personal::post),
        route("/s/{token}/stop").get(stop::get).post(stop::post),
        route("/staff/surveys").get(staff_list::get),
        route("/staff/surveys/new").get(staff_details::get_new).post(staff_details::post_new),
        route("/staff/surveys/import").get(staff_import::get).post(staff_import::post).with_uploads(),
        route("/staff/surveys/monthly").get(rolling::all::get),
        route("/staff/surveys/monthly/new").get(rolling::set_up::get).post(rolling::set_up::post),
        route("/staff/surveys/monthly/{id}").get(rolling::show::get).post(rolling::show::post),
        route("/staff/surveys/monthly/{id}/results").get(rolling::results::get),
        route("/staff/surveys/{id}").get(staff_show::get),
        route("/staff/surveys/{id}/details").get(staff_details::get).post(staff_details::post),
        route("/staff/surveys/{id}/homes").get(staff_homes::get).post(staff_homes::post),
        route("/staff/surveys/{id}/weighting").get(staff_weighting::get).post(staff_weighting::post),
        route("/staff/surveys/{id}/waves").get(staff_waves::get).post(staff_waves::post),
        route("/staff/surveys/{id}/questions/new").get(staff_question::get_new).post(staff_question::post_new),
        route("/staff/surveys/{id}/questions/{key}").get(staff_question::get).post(staff_question::post),
        route("/staff/surveys/{id}/questions/{key}/asked").get(staff_asked::get).post(staff_asked::post),
        route("/staff/surveys/{id}/questions/{key}/skips/{n}").get(staff_skip::get).post(staff_skip::post),
        route("/staff/surveys/{id}/questions/{key}/move").post(staff_steps::shift),
        route("/staff/surveys/{id}/questions/{key}/remove").post(staff_steps::remove),
        route("/staff/surveys/{id}/try").get(staff_try::get).post(staff_try::post),
        route("/staff/surveys/{id}/publish").post(staff_steps::publish),
        route("/staff/surveys/{id}/close").post(staff_steps::close),
        route("/staff/surveys/{id}/discard").post(staff_steps::discard),
        route("/staff/surveys/{id}/copy").post(staff_steps::copy),
        route("/staff/surveys/{id}/publishing").get(staff_publishing::get).post(staff_publishing::post),
        route("/staff/surveys/{id}/publishing/approve").post(staff_publishing::post_approve),
        route("/staff/surveys/{id}/invite").get(staff_invite::get).post(staff_invite::post),
        route("/staff/surveys/{id}/sample").get(staff_sample::get).post(staff_sample::post),
        route("/staff/surveys/{id}/sample.csv").get(staff_sample::file),
        route("/staff/surveys/{id}/sample/homes").get(staff_sample_homes::get),
        route("/staff/surveys/{id}/sample/texts").post(staff_sample_print::texts),
        route("/staff/surveys/{id}/sample/letters").post(staff_sample_print::letters),
        route("/staff/surveys/{id}/sample/print").post(staff_sample_print::print),
        route("/staff/surveys/{id}/events").get(staff_events::get).post(staff_events::post).with_uploads(),
        route("/staff/surveys/{id}/calls").get(staff_calls::get).post(staff_calls::post),
        route("/staff/surveys/{id}/calls/{home}").get(staff_call::get).post(staff_call::post),
        route("/staff/surveys/{id}/enter").get(staff_enter::get).post(staff_enter::post),
        route("/staff/surveys/{id}/batches").get(staff_batches::get).post(staff_batches::post),
        route("/staff/surveys/{id}/batches/{batch}").get(staff_batch::get).post(staff_batch::post),
        route("/staff/surveys/{id}/batches/{batch}/forms/{number}").get(staff_form::get).post(staff_form::post),
        route("/staff/surveys/{id}/paper").get(paper::get),
        route("/staff/surveys/{id}/languages").get(staff_languages::get),
        route("/staff/surveys/{id}/languages/{lang}").get(staff_texts::get).post(staff_texts::post),
        route("/staff/surveys/{id}/languages/{lang}/texts.csv").get(staff_texts::file),
        route("/staff/surveys/{id}/languages/{lang}/file").post(staff_texts::post_file).with_uploads(),
        route("/staff/surveys/{id}/languages/{lang}/offer").post(staff_languages::offer),
        route("/staff/languages/{lang}").get(staff_page_words::get).post(staff_page_words::post),
        route("/staff/languages/{lang}/texts.csv").get(staff_page_words::file),
        route("/staff/languages/{lang}/file").post(staff_page_words::post_file).with_uploads(),
        route("/staff/surveys/{id}/results").get(staff_results::get),
        route("/staff/surveys/{id}/cross-tab").get(staff_cross_tab::get),
        route("/staff/surveys/{id}/figures.csv").get(staff_results::figures),
        route("/staff/surveys/{id}/measures").get(staff_measures::get).post(staff_measures::post),
        route("/staff/surveys/{id}/measures.csv").get(staff_measures::file),
        route("/staff/surveys/{id}/approach").get(staff_approach::get).post(staff_approach::post),
        route("/staff/surveys/{id}/answers").post(staff_answers::post),
        route("/staff/surveys/{id}/words").get(verbatims::all::get),
        route("/staff/surveys/{id}/words/{key}").get(verbatims::question::get),
        route("/staff/surveys/{id}/words/{key}/themes").get(verbatims::themes::get).post(verbatims::themes::post),
        route("/staff/surveys/{id}/words/{key}/themes/{theme}").get(verbatims::theme::get).post(verbatims::theme::post),
        route("/staff/surveys/{id}/words/{key}/code").get(verbatims::code::get).post(verbatims::code::post),
        route("/staff/surveys/{id}/words/{key}/second")
            .get(verbatims::code::get_second)
            .post(verbatims::code::post_second),
        route("/staff/surveys/{id}/words/{key}/check").get(verbatims::check::get).post(verbatims::check::post),
        route("/staff/surveys/{id}/words/{key}/settle").get(verbatims::settle::get).post(verbatims::settle::post),
        route("/staff/surveys/{id}/words/{key}/review").get(verbatims::review::get).post(verbatims::review::post),
        route("/staff/surveys/{id}/words/{key}/publish").get(verbatims::publish::get).post(verbatims::publish::post),
        route("/staff/surveys/{id}/photos/{key}").get(staff_photos::get).post(staff_photos::post),
        route("/staff/surveys/{id}/photos/{key}/{file}").get(staff_photos::image),
        route("/staff/surveys/{id}/import").get(staff_intake::get).post(staff_intake::post).with_uploads(),
        route("/staff/surveys/{id}/import/{file}").get(staff_intake_check::get).post(staff_intake_check::post),
        route("/staff/surveys/{id}/files").get(staff_files::get),
        route("/staff/surveys/{id}/questionnaire.json").get(staff_files::questionnaire),
    ]
}
