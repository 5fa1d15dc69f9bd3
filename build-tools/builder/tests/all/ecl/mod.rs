//! Expression constraints, and the naive evaluator that they are held against.

mod answers;
mod evaluation;
mod naive;
