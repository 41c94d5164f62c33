//! How large what people download may be. A limit is raised only with a paragraph in docs/decisions.md.

use anyhow::{Result, bail};

/// The largest size of a file in bytes, compressed by brotli at its best.
pub struct Budget {
    /// What the file is.
    pub name: &'static str,
    /// The most it may have; a KB is 1000 bytes.
    pub limit: usize,
}

/// The wasm of the npm package.
pub const PACKAGE_WASM: Budget = Budget {
    name: "wasm of the package",
    limit: 250_000,
};

/// The wasm of the page.
pub const PAGE_WASM: Budget = Budget {
    name: "wasm of the page",
    limit: 920_000,
};

/// The wasm of the reader of order exports, in the package and beside the page.
pub const ORDER_EXPORT_WASM: Budget = Budget {
    name: "wasm of the order export",
    limit: 95_000,
};

/// Prints the size of each file beside its budget, and fails if one is over it.
pub fn check(files: &[(Budget, &[u8])]) -> Result<()> {
    let mut over = Vec::new();
    for (budget, bytes) in files {
        let size = compressed(bytes)?;
        let (kilobytes, limit) = (size as f64 / 1000.0, budget.limit as f64 / 1000.0);
        println!("{}: {kilobytes:.1} KB of {limit:.0} KB", budget.name);
        if size > budget.limit {
            over.push(budget.name);
        }
    }
    if !over.is_empty() {
        bail!(
            "over its budget: {}; make it smaller, or raise the budget in xtask/src/budget.rs with a paragraph in docs/decisions.md",
            over.join(", ")
        );
    }
    Ok(())
}

/// The size of bytes after brotli at quality 11.
fn compressed(bytes: &[u8]) -> Result<usize> {
    let parameters = brotli::enc::BrotliEncoderParams {
        quality: 11,
        size_hint: bytes.len(),
        ..Default::default()
    };
    let mut output = Vec::new();
    Ok(brotli::BrotliCompress(
        &mut &bytes[..],
        &mut output,
        &parameters,
    )?)
}

#[cfg(test)]
mod tests {
    use super::{Budget, check};

    #[test]
    fn refuses_what_is_over_its_budget() {
        let file = |limit| {
            (
                Budget {
                    name: "file",
                    limit,
                },
                b"landed cost".as_slice(),
            )
        };
        assert!(check(&[file(100)]).is_ok());
        assert!(check(&[file(5)]).is_err());
    }
}
