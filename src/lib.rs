//! Embeddable clinical terminology for the NHS.
