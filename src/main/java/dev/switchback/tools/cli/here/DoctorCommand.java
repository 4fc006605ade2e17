package dev.switchback.tools.cli.here;

import dev.switchback.ExitCode;
import dev.switchback.Refusal;
import dev.switchback.StandardStream;
import dev.switchback.device.config.ConfigurationException;
import dev.switchback.device.config.ConfigurationParser;
import dev.switchback.device.config.DeviceConfiguration;
import dev.switchback.tools.cli.FileNames;
import dev.switchback.tools.cli.Subcommand;
import dev.switchback.tools.cli.WholeFile;
import dev.switchback.tools.doctor.Bundle;
import dev.switchback.tools.doctor.Examination;
import dev.switchback.tools.doctor.Subject;
import dev.switchback.tools.doctor.ThisMachine;
import dev.switchback.tools.doctor.Verdict;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExitCodeGenerator;
import picocli.CommandLine.Option;

/** {@code switchback doctor}: finds problems of this device and commands that fix them. */
@Command(
    name = "doctor",
    description = {
      "Checks this device and the machine it runs on, and prints the command that fixes each"
          + " problem.",
      "",
      "It needs neither root nor a Raspberry Pi, lists what it could not check, and changes"
          + " nothing. The exit code is 10 if a check failed.",
      ""
    })
public final class DoctorCommand extends Subcommand implements IExitCodeGenerator {
  private static final Duration LIMIT = Duration.ofSeconds(1);

  /** Reading the journal from a slow SD card takes seconds. */
  private static final Duration BUNDLE_LIMIT = Duration.ofSeconds(10);

  @Option(
      names = "--config",
      paramLabel = "FILE",
      completionCandidates = FileNames.Configurations.class,
      description = "Configuration file. Default: the installed one, if any.")
  private @Nullable Path config;

  @Option(
      names = "--state-dir",
      paramLabel = "DIR",
      completionCandidates = FileNames.Directories.class,
      description =
          "Directory of the stored weights. Default: " + InstalledDevice.STATE_DIRECTORY + ".")
  private Path stateDirectory = Path.of(InstalledDevice.STATE_DIRECTORY);

  @Option(names = "--json", description = "Print the result as one JSON object.")
  private boolean json;

  @Option(
      names = "--bundle",
      paramLabel = "FILE",
      completionCandidates = FileNames.Zips.class,
      description =
          "Also write a zip file for support: this report, the configuration, versions and the"
              + " log, without private keys and weights.")
  private @Nullable Path bundle;

  private boolean hasFailure;

  @Override
  protected void run() throws Exception {
    if (bundle != null) {
      WholeFile.requirePlace(bundle);
      if (config != null && Files.exists(config)) {
        WholeFile.requireOther(config, bundle, "name another file with --bundle");
      }
    }
    DoctorReport report =
        new DoctorReport(Examination.of(subject(LIMIT)), StandardStream.OUTPUT.hasColour());
    print(json, report);
    if (bundle != null) {
      write(bundle, report);
    }
    hasFailure = report.count(Verdict.FAIL) > 0;
  }

  @Override
  public int getExitCode() {
    return (hasFailure ? ExitCode.FAULT_FOUND : ExitCode.OK).code();
  }

  /** An invalid configuration is a finding, not an error. */
  private Subject subject(Duration limit) {
    Path file = InstalledDevice.configuration(config);
    DeviceConfiguration configuration = DeviceConfiguration.defaults();
    String problem = null;
    try {
      configuration = file == null ? configuration : ConfigurationParser.read(file);
    } catch (ConfigurationException e) {
      problem = e.getMessage();
    }
    return new Subject(
        new ThisMachine(limit),
        file == null ? null : file.toAbsolutePath().toString(),
        configuration,
        problem,
        stateDirectory.toAbsolutePath().normalize().toString());
  }

  private void write(Path file, DoctorReport report) throws Refusal, IOException {
    StringWriter table = new StringWriter();
    new DoctorReport(report.rows(), false).print(new PrintWriter(table));
    Map<String, String> reports = new LinkedHashMap<>();
    reports.put("report.txt", table.toString());
    reports.put("report.json", report.json() + "\n");
    Bundle collected = Bundle.of(subject(BUNDLE_LIMIT), reports);
    WholeFile.write(file, collected.zip());
    collected.missing().forEach(missing -> err().println("not in " + file + ": " + missing));
    err().println("written: " + file);
  }
}
