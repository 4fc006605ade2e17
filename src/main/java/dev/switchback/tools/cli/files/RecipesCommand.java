package dev.switchback.tools.cli.files;

import dev.switchback.core.nn.NamedRecipe;
import dev.switchback.core.nn.Recipe;
import dev.switchback.core.nn.Topology;
import dev.switchback.core.nn.TruthTable;
import dev.switchback.tools.cli.JsonObject;
import dev.switchback.tools.cli.Report;
import dev.switchback.tools.cli.Subcommand;
import java.io.PrintWriter;
import java.util.Arrays;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code switchback recipes}: lists the named recipes. */
@Command(
    name = "recipes",
    description = {
      "Lists the training recipes: network, update rule, initial weights and source.",
      "",
      "The values shown are for XOR of two switches; the recipes work for other truth tables too.",
      ""
    })
public final class RecipesCommand extends Subcommand {
  @Option(names = "--json", description = "Print the recipes as one JSON object.")
  private boolean json;

  @Override
  protected void run() throws Exception {
    print(json, new Recipes());
  }

  private record Recipes() implements Report {
    @Override
    public void print(PrintWriter out) {
      for (NamedRecipe named : NamedRecipe.values()) {
        Recipe recipe = forXor(named);
        Topology topology = recipe.topology();
        out.println(named.label() + remark(named));
        out.println("  network  " + topology + " " + topology.activationLabels());
        out.println("  rule     " + RecipeText.rule(recipe, TruthTable.XOR.rows()));
        out.println("  until    " + RecipeText.schedule(recipe.schedule()));
        out.println("  start    " + RecipeText.start(recipe.start()));
        out.println("  source   " + named.source());
      }
    }

    private static String remark(NamedRecipe named) {
      String rename = wasRenamed(named) ? " (formerly " + named.formerLabel() + ")" : "";
      return (named == NamedRecipe.DEVICE ? " (default)" : "") + rename;
    }

    private static boolean wasRenamed(NamedRecipe named) {
      return !named.formerLabel().equals(named.label());
    }

    @Override
    public JsonObject json() {
      return new JsonObject()
          .put("recipes", Arrays.stream(NamedRecipe.values()).map(Recipes::json).toList());
    }

    private static JsonObject json(NamedRecipe named) {
      Recipe recipe = forXor(named);
      return new JsonObject()
          .put("name", named.label())
          .put("formerName", wasRenamed(named) ? named.formerLabel() : null)
          .put("default", named == NamedRecipe.DEVICE)
          .put("topology", recipe.topology())
          .put("activations", recipe.topology().activationLabels())
          .put("rule", RecipeText.rule(recipe, TruthTable.XOR.rows()))
          .put("schedule", RecipeText.schedule(recipe.schedule()))
          .put("start", RecipeText.start(recipe.start()))
          .put("epochs", recipe.schedule().maxEpochs())
          .put("source", named.source());
    }

    private static Recipe forXor(NamedRecipe named) {
      return named.recipe(named.topology(TruthTable.XOR), TruthTable.XOR);
    }
  }
}
