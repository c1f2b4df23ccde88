import java.io.FileInputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.LogManager;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/**
 * Validates PDF files against standards, one line for each file and standard.
 *
 * <p>Usage: Verify ua1,3a file.pdf... Exit code 0: everything complies. 1: something does not. 2: no verdict.
 */
public final class Verify {
  private static final int SHOWN_FAULTS = 12;

  private Verify() {}

  public static void main(String[] arguments) throws Exception {
    if (arguments.length < 2) {
      System.err.println("usage: Verify PROFILE[,PROFILE] FILE...");
      System.exit(2);
    }
    LogManager.getLogManager().reset();
    VeraGreenfieldFoundryProvider.initialise();
    List<String> profiles = List.of(arguments[0].split(","));
    boolean compliant = true;
    for (String file : Arrays.copyOfRange(arguments, 1, arguments.length)) {
      for (String profile : profiles) {
        compliant &= verify(file, profile);
      }
    }
    System.exit(compliant ? 0 : 1);
  }

  private static boolean verify(String file, String profile) throws Exception {
    long start = System.nanoTime();
    PDFAFlavour flavour = PDFAFlavour.byFlavourId(profile);
    // An unknown name gives no exception but a profile without rules, which anything complies with.
    if (flavour == PDFAFlavour.NO_FLAVOUR) {
      throw new IllegalArgumentException("unknown profile: " + profile);
    }
    try (PDFAParser parser =
        Foundries.defaultInstance().createParser(new FileInputStream(file), flavour)) {
      ValidationResult result =
          Foundries.defaultInstance().createValidator(flavour, false).validate(parser);
      double seconds = (System.nanoTime() - start) / 1e9;
      System.out.printf(
          "%s %s: %s, %d checks, %.1f s%n",
          file,
          profile,
          result.isCompliant() ? "complies" : "DOES NOT COMPLY",
          result.getTotalAssertions(),
          seconds);
      faults(result).entrySet().stream()
          .limit(SHOWN_FAULTS)
          .forEach(fault -> System.out.println("  " + fault.getKey() + ": " + fault.getValue()));
      if (result.getTotalAssertions() == 0) {
        throw new IllegalStateException("nothing was checked in " + file);
      }
      return result.isCompliant();
    }
  }

  /** The first message for each rule that was broken. */
  private static Map<String, String> faults(ValidationResult result) {
    Map<String, String> faults = new TreeMap<>();
    for (TestAssertion assertion : result.getTestAssertions()) {
      if (assertion.getStatus() == TestAssertion.Status.FAILED) {
        faults.putIfAbsent(
            assertion.getRuleId().getClause() + "-" + assertion.getRuleId().getTestNumber(),
            assertion.getMessage() + " @ " + assertion.getLocation().getContext());
      }
    }
    return faults;
  }
}
