package dev.switchback.tools.cli.files;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.switchback.ExitCode;
import dev.switchback.core.nn.NamedRecipe;
import dev.switchback.core.nn.Recipe;
import dev.switchback.core.nn.Topology;
import dev.switchback.core.nn.TruthTable;
import dev.switchback.tools.cli.JsonOutput;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code switchback recipes}: the recipes that have a name. */
@Command(
    name = "recipes",
    description = {
      "Lists the recipes for training: network, rule, start and where they come from.",
      "",
      "Shown for two switches and exclusive or; other truth tables work too.",
      ""
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class RecipesCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--json", description = "Print the recipes as one JSON object.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      JsonOutput.print(out, RecipesCommand::writeAll);
    } else {
      for (NamedRecipe recipe : NamedRecipe.values()) {
        print(out, recipe);
      }
    }
    return ExitCode.OK;
  }

  private static Recipe forXor(NamedRecipe named) {
    return named.recipe(named.topology(2), TruthTable.XOR);
  }

  private static String network(Topology topology) {
    return topology + " " + topology.activationLabels();
  }

  private static void print(PrintWriter out, NamedRecipe named) {
    Recipe recipe = forXor(named);
    out.println(named.label() + (named == NamedRecipe.DEVICE ? " (default)" : ""));
    out.println("  network  " + network(recipe.topology()));
    out.println("  rule     " + RecipeText.rule(recipe, TruthTable.XOR.rows()));
    out.println("  until    " + RecipeText.schedule(recipe.schedule()));
    out.println("  start    " + RecipeText.start(recipe.start()));
    out.println("  source   " + named.source());
  }

  private static void writeAll(JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("recipes");
    for (NamedRecipe named : NamedRecipe.values()) {
      Recipe recipe = forXor(named);
      json.writeStartObject();
      json.writeStringField("name", named.label());
      json.writeBooleanField("default", named == NamedRecipe.DEVICE);
      json.writeStringField("topology", recipe.topology().toString());
      json.writeStringField("activations", recipe.topology().activationLabels());
      json.writeStringField("rule", RecipeText.rule(recipe, TruthTable.XOR.rows()));
      json.writeStringField("schedule", RecipeText.schedule(recipe.schedule()));
      json.writeStringField("start", RecipeText.start(recipe.start()));
      json.writeNumberField("epochs", recipe.schedule().maxEpochs());
      json.writeStringField("source", named.source());
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
