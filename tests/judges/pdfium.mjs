// pdfium.mjs FILE... -- PDFium loads and renders every page, and each page has ink.
// Prints "PASS file" or "FAIL file"; exit 1 if one failed.
import fs from 'node:fs';
import { loadPdfium } from './judges.mjs';

const library = await loadPdfium();
let failed = 0;
for (const file of process.argv.slice(2)) {
    let said = '';
    try {
        const document = await library.loadDocument(fs.readFileSync(file));
        let n = 0;
        for (const page of document.pages()) {
            n++;
            const image = await page.render({ scale: 1, render: 'bitmap' });
            let ink = 0;
            for (let i = 0; i < image.data.length; i += 4)
                if (image.data[i] < 128)
                    ink++;
            if (ink === 0)
                said += `page ${n} is blank; `;
        }
        document.destroy();
    } catch (e) {
        said = e.message;
    }
    console.log((said ? 'FAIL ' : 'PASS ') + file);
    if (said) {
        failed++;
        console.log('  ' + said);
    }
}
library.destroy();
process.exit(failed ? 1 : 0);
