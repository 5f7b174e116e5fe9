//! Documentation of several lines, which emission gives as one text: a token for each line would
//! be most of the tokens of a file.

use syn::visit_mut::VisitMut;
use syn::{Attribute, Block, Expr, ExprLit, File, Lit, LitStr, Meta, Type};

/// Gives every line of documentation an attribute of its own, which prettyplease prints as
/// `/// line`; a text of several lines would become `/** … */`.
pub(super) fn split_lines(file: &mut File) {
    Lines.visit_file_mut(file);
}

struct Lines;

impl VisitMut for Lines {
    fn visit_attributes_mut(&mut self, attributes: &mut Vec<Attribute>) {
        let texts: Vec<_> = attributes.iter_mut().map(several_lines).collect();
        if texts.iter().all(Option::is_none) {
            return;
        }
        let whole = std::mem::take(attributes);
        for (attribute, text) in whole.into_iter().zip(texts) {
            match text {
                None => attributes.push(attribute),
                Some(text) => attributes.extend(text.split('\n').map(|line| {
                    let mut attribute = attribute.clone();
                    if let Some(literal) = documentation(&mut attribute) {
                        *literal = LitStr::new(line, literal.span());
                    }
                    attribute
                })),
            }
        }
    }

    // Only items and their members have documentation.
    fn visit_block_mut(&mut self, _: &mut Block) {}
    fn visit_expr_mut(&mut self, _: &mut Expr) {}
    fn visit_type_mut(&mut self, _: &mut Type) {}
}

/// The text of `#[doc = "…"]`, if it has several lines.
fn several_lines(attribute: &mut Attribute) -> Option<String> {
    let text = documentation(attribute)?.value();
    text.contains('\n').then_some(text)
}

fn documentation(attribute: &mut Attribute) -> Option<&mut LitStr> {
    let Meta::NameValue(meta) = &mut attribute.meta else {
        return None;
    };
    match &mut meta.value {
        Expr::Lit(ExprLit {
            lit: Lit::Str(text),
            ..
        }) if meta.path.is_ident("doc") => Some(text),
        _ => None,
    }
}
