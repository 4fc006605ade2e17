package dev.switchback.tools;

import dev.switchback.tools.cli.Subcommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code switchback completion}: prints a shell completion script. */
@Command(
    name = "completion",
    description = {
      "Prints a script that lets a shell complete commands, options, values and file names.",
      "",
      "bash: echo 'source <(switchback completion bash)' >>~/.bashrc",
      "zsh:  echo 'source <(switchback completion zsh)' >>~/.zshrc",
      "fish: switchback completion fish >~/.config/fish/completions/switchback.fish",
      "",
      "The Debian package installs it for all three shells. From a checkout, use"
          + " scripts/switchback instead; commands typed with a path are completed too.",
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
