// draft_pdf.mjs -- writes a plain PDF, uncompressed, with the lines of text where they are
// told to stand: what the judges' own controls are made of.
//
// pages: [[{ x, y, size, text }]], in points, y upwards; characters of Latin-1 only.
import fs from 'node:fs';

export function writePdf(file, pages) {
    const objects = [];
    const add = body => objects.push(body);
    const escape = s => s.replace(/[\\()]/g, '\\$&');
    add('<< /Type /Catalog /Pages 2 0 R >>');
    add(`<< /Type /Pages /Count ${pages.length} /Kids [${pages.map((_, i) => `${4 + 2 * i} 0 R`).join(' ')}] >>`);
    add('<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman /Encoding /WinAnsiEncoding >>');
    pages.forEach((lines, i) => {
        const content = lines.map(l => `BT /F1 ${l.size ?? 11} Tf ${l.x ?? 72} ${l.y} Td (${escape(l.text)}) Tj ET`).join('\n') + '\n';
        add(`<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents ${5 + 2 * i} 0 R ` +
            '/Resources << /Font << /F1 3 0 R >> >> >>');
        add(`<< /Length ${Buffer.byteLength(content, 'latin1')} >>\nstream\n${content}endstream`);
    });
    let out = '%PDF-1.4\n%\xe2\xe3\xcf\xd3\n';
    const offsets = objects.map((body, i) => {
        const at = out.length;
        out += `${i + 1} 0 obj\n${body}\nendobj\n`;
        return at;
    });
    const xref = out.length;
    out += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n` +
        offsets.map(o => `${String(o).padStart(10, '0')} 00000 n \n`).join('') +
        `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${xref}\n%%EOF\n`;
    fs.writeFileSync(file, Buffer.from(out, 'latin1'));
}
