//! What is asked of a supplier in a dispute.

use crate::check::named;

named! {
    /// What is asked of the supplier.
    Wish {
        /// Money back.
        Refund = "refund",
        /// What is missing or bad is sent again.
        Replacement = "replacement",
        /// The goods go back.
        Return = "return",
        /// The goods are kept for less.
        Discount = "discount",
    }
}
