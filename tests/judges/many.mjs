// many.mjs SCRIPT LIST -- runs a judge's script on many files in one process, so that what is slow
// to load is loaded once.  LIST has the arguments of one run on a line, a tab between them.  Prints
// what each run prints, and after it "CODE n", its exit code.
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

class Exit extends Error {
    constructor(code) {
        super(`exit ${code}`);
        this.code = code;
    }
}

const [script, list] = process.argv.slice(2);
if (!list) {
    console.error('usage: many.mjs SCRIPT LIST');
    process.exit(2);
}
const url = pathToFileURL(path.resolve(script)).href;
const leave = process.exit;
process.exit = code => { throw new Exit(code ?? 0); };
let run = 0;
for (const line of fs.readFileSync(list, 'utf8').split('\n').filter(l => l !== '')) {
    process.argv = [process.argv[0], script, ...line.split('\t')];
    let code = 0;
    try {
        await import(`${url}?run=${run++}`); // another address: the script's own text runs again
    } catch (e) {
        code = e instanceof Exit ? e.code : 1;
        if (!(e instanceof Exit))
            console.log(`FAIL ${line}: ${e.stack ?? e}`);
    }
    console.log(`CODE ${code}`);
}
leave(0);
