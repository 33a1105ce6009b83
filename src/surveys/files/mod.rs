//! What leaves a survey as a file, and what comes into one from a file.

pub mod codebook;
pub mod document;
pub mod intake;
pub mod limesurvey;
pub mod single;
pub mod spss;
pub mod store;
pub mod ways;
pub mod workbook;
