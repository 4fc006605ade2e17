package dev.switchback.tools;

import dev.switchback.tools.cli.Subcommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code switchback completion}: what a shell needs to complete the command line. */
@Command(
    name = "completion",
    description = {
      "Prints the script by which a shell completes commands, options, values and file names.",
      "",
      "bash: echo 'source <(switchback completion bash)' >>~/.bashrc",
      "zsh:  echo 'source <(switchback completion zsh)' >>~/.zshrc",
      "fish: switchback completion fish >~/.config/fish/completions/switchback.fish",
      "",
      "The Debian package brings it for all three. From a checkout write scripts/switchback there;"
          + " it completes what is typed by path, too.",
      ""
    })
final class CompletionCommand extends Subcommand {
  @Parameters(paramLabel = "SHELL", description = "bash, zsh or fish.")
  private Shell shell = Shell.BASH;

  @Override
  protected void run() throws Exception {
    out().print(Completion.script(shell, Main.commandLine().getCommandSpec()));
    out().flush();
  }
}
