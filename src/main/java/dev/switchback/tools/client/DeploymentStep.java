package dev.switchback.tools.client;

/** What a deployment does, one after another. What is done already is left out. */
public enum DeploymentStep {
  INSPECT("ask what is there"),
  UPLOAD("upload"),
  VERIFY("verify the hash"),
  TEST("mark for a trial"),
  START("start the trial"),
  TRUTH("read the truth table"),
  CONFIRM("confirm"),
  /** After a wrong truth table only. */
  REVERT("go back to the weights before"),
  /** After the line was lost only; then from {@link #INSPECT} on. */
  RECONNECT("open the port again");

  private final String text;

  DeploymentStep(String text) {
    this.text = text;
  }

  /** For people: {@code verify the hash}. */
  public String text() {
    return text;
  }
}
