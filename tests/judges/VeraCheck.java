import java.io.FileInputStream;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/**
 * VeraCheck FLAVOUR[,FLAVOUR...] FILE-OR-FOLDER...
 *
 * Validates PDF files with the veraPDF library, all in one run of the machine. Prints
 * "PASS file flavour" or "FAIL file flavour" and a line "clause-test message" for each
 * broken rule, or "ERROR file ..." for a file that cannot be read. Exit status 0: all
 * pass, 1: some fail, 2: some cannot be read.
 */
public class VeraCheck {
    private static int worst = 0;

    public static void main(String[] args) throws Exception {
        Logger.getLogger("org.verapdf").setLevel(Level.SEVERE);
        VeraGreenfieldFoundryProvider.initialise();
        List<Path> files = new ArrayList<>();
        for (int i = 1; i < args.length; i++) {
            try (var all = Files.walk(Path.of(args[i]))) {
                all.filter(p -> p.toString().endsWith(".pdf")).sorted().forEach(files::add);
            }
        }
        for (String id : args[0].split(",")) {
            PDFAFlavour flavour = PDFAFlavour.byFlavourId(id);
            for (Path file : files) {
                check(file, flavour);
            }
        }
        System.exit(worst);
    }

    private static void check(Path file, PDFAFlavour flavour) {
        try (InputStream in = new FileInputStream(file.toFile());
                PDFAParser parser = Foundries.defaultInstance().createParser(in, flavour);
                PDFAValidator validator =
                        Foundries.defaultInstance().createValidator(flavour, false)) {
            ValidationResult result = validator.validate(parser);
            boolean passes = result.isCompliant();
            System.out.println((passes ? "PASS " : "FAIL ") + file + " " + flavour.getId());
            if (passes) {
                return;
            }
            worst = Math.max(worst, 1);
            Map<String, String> broken = new TreeMap<>();
            for (TestAssertion test : result.getTestAssertions()) {
                if (test.getStatus() == TestAssertion.Status.FAILED) {
                    String rule = test.getRuleId().getClause() + "-"
                            + test.getRuleId().getTestNumber();
                    broken.putIfAbsent(rule, test.getMessage());
                }
            }
            broken.forEach((rule, message) -> System.out.println("  " + rule + "  " + message));
        } catch (Throwable t) {
            worst = 2;
            System.out.println("ERROR " + file + " " + flavour.getId() + " "
                    + t.getClass().getSimpleName() + ": " + t.getMessage());
        }
    }
}
