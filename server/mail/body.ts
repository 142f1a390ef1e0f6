/** A paragraph, or a link to follow with the words on its button. */
export type LetterPart = string | { link: string; label: string }

/**
 * The same words twice: plain for every mail program, and HTML for those that show it.
 * @param language of the words, for hyphens and for who has them read aloud
 */
export function writeBody(language: string, parts: readonly LetterPart[]): { text: string; html: string } {
  const text = parts.map((part) => (typeof part === 'string' ? part : part.link)).join('\n\n')
  const html = parts.map((part) => (typeof part === 'string' ? paragraph(part) : button(part))).join('\n')
  return { text: `${text}\n`, html: page(language, html) }
}

// Mail programs know no style sheets of ours: what the tokens say in the light scheme is written out here.
const paragraph = (words: string) =>
  `<p style="margin:0 0 16px;font-size:16px;line-height:24px">${escapeHtml(words)}</p>`

const button = ({ link, label }: { link: string; label: string }) => {
  const address = escapeHtml(link)
  return [
    `<p style="margin:0 0 12px"><a href="${address}" style="display:inline-block;padding:10px 20px;border-radius:8px;background:#2456c2;color:#ffffff;font-size:16px;line-height:24px;text-decoration:none">${escapeHtml(label)}</a></p>`,
    `<p style="margin:0 0 16px;font-size:13px;line-height:20px;color:#6b655a;word-break:break-all">${address}</p>`,
  ].join('\n')
}

const page = (language: string, content: string) => `<!doctype html>
<html lang="${escapeHtml(language)}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"></head>
<body style="margin:0;padding:24px 16px;background:#f8f6f2;color:#211f1b;font-family:system-ui,-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif">
<div style="max-width:520px;margin:0 auto;padding:24px;border-radius:12px;background:#ffffff">
${content}
</div>
</body>
</html>
`

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

const escapeHtml = (words: string) =>
  words.replace(/[&<>"]/g, (character) => ENTITIES[character] ?? character)
