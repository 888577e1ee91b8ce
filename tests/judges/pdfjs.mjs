// pdfjs.mjs FILE... -- pdf.js reads every page (text, operators, structure) and must find
// nothing to warn of.  Prints "PASS file" or "FAIL file" and what it said; exit 1 if one failed.
import { openPdfjs } from './judges.mjs';

let failed = 0;
for (const file of process.argv.slice(2)) {
    let said = [];
    try {
        const { document, warnings } = await openPdfjs(file);
        said = warnings;
        for (let n = 1; n <= document.numPages; n++) {
            const page = await document.getPage(n);
            await page.getTextContent({ includeMarkedContent: true });
            await page.getOperatorList();
            await page.getStructTree();
        }
        await document.destroy();
    } catch (e) {
        said.push(`${e.name}: ${e.message}`);
    }
    console.log((said.length ? 'FAIL ' : 'PASS ') + file);
    if (said.length)
        failed++;
    for (const s of said.slice(0, 5))
        console.log('  ' + s);
}
process.exit(failed ? 1 : 0);
