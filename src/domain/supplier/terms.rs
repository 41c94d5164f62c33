//! Terms of payment and the risk in them.

use serde::Serialize;

use super::evidence::Risk;
use crate::check::named;

named! {
    /// What the supplier asks to be paid, and when.
    PaymentTerms {
        /// 30 % with the order, 70 % before shipment.
        Deposit30 = "deposit30",
        /// 50 % with the order, 50 % before shipment.
        Deposit50 = "deposit50",
        /// All of it on delivery.
        OnDelivery = "onDelivery",
        /// All of it with the order.
        Prepayment = "prepayment",
        /// Past the platform, which then protects nothing.
        OffPlatform = "offPlatform",
    }
}

impl PaymentTerms {
    /// The risk to the buyer.
    pub const fn risk(self) -> Risk {
        match self {
            PaymentTerms::OnDelivery => Risk::VeryLow,
            PaymentTerms::Deposit50 => Risk::Low,
            PaymentTerms::Deposit30 => Risk::Medium,
            PaymentTerms::Prepayment | PaymentTerms::OffPlatform => Risk::High,
        }
    }
}

/// Terms of payment with their risk.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct JudgedTerms {
    /// The terms.
    pub terms: PaymentTerms,
    /// Their risk.
    pub risk: Risk,
}

impl From<PaymentTerms> for JudgedTerms {
    fn from(terms: PaymentTerms) -> JudgedTerms {
        let risk = terms.risk();
        JudgedTerms { terms, risk }
    }
}
