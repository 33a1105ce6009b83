//! What leaves a survey as a file.

pub mod codebook;
pub mod single;
pub mod spss;
pub mod ways;
pub mod workbook;
