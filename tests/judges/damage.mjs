// damage.mjs IN OUT-FOLDER -- writes copies of a good PDF, each damaged in one way, and prints
// "NAME JUDGE,..." for each: the judges that are known to notice.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

const [input, folder] = process.argv.slice(2);
const good = fs.readFileSync(input).toString('latin1');

function write(name, judges, bytes) {
    if (bytes === good)
        throw new Error(`${name}: nothing to damage in ${input}`);
    fs.writeFileSync(path.join(folder, name + '.pdf'), Buffer.from(bytes, 'latin1'));
    console.log(name, judges);
}
// The name keeps its length, so that no offset moves.
const misspell = (from, to) => good.replaceAll(from, to);

// The first page's content, with some bytes of its packed stream changed.
function corruptContent() {
    const pages = execFileSync('qpdf', ['--show-pages', input], { encoding: 'utf8' });
    const object = /content:\s+(\d+) 0 R/.exec(pages)[1];
    const start = good.indexOf('stream', new RegExp(`(^|\\n)${object} 0 obj`).exec(good).index) + 'stream'.length;
    const at = start + Math.floor((good.indexOf('endstream', start) - start) / 2);
    const bytes = [...good];
    for (let i = 0; i < 12; i++)
        bytes[at + i] = String.fromCharCode(good.charCodeAt(at + i) ^ 0x55);
    return bytes.join('');
}

write('truncated', 'qpdf,pdfcpu,pdfjs,pdfium,poppler,mupdf,gs', good.slice(0, Math.floor(good.length * 0.6)));
write('wrong-startxref', 'qpdf,pdfcpu,mupdf,gs', good.replace(/startxref\s+\d+/, m => m.replace(/\d+$/, d => '1'.repeat(d.length))));
write('corrupt-stream', 'qpdf,poppler,mupdf,gs,pdfjs', corruptContent());
write('no-mediabox', 'pdfcpu,gs', misspell('/MediaBox', '/MediaBax'));
write('no-tounicode', 'fonts,vera', misspell('/ToUnicode', '/ToUnicade'));
write('no-structure', 'vera', misspell('/StructTreeRoot', '/StructTreeRaat'));
write('no-language', 'vera', misspell('/Lang', '/Leng'));
write('no-font-file', 'vera,fonts', good.replace(/\/FontFile(\d)/g, '/FontFaul$1').replace(/\/FontFile(?=[ /])/g, '/FontFaul'));
