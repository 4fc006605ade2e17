package dev.switchback.tools.client;

/** The steps of a deployment, in order. Steps that are already done are skipped. */
public enum DeploymentStep {
  INSPECT("ask what is there"),
  UPLOAD("upload"),
  VERIFY("verify the hash"),
  TEST("mark for a trial"),
  START("start the trial"),
  TRUTH("read the truth table"),
  CONFIRM("confirm"),
  /** Only after a wrong truth table. */
  REVERT("go back to the weights before"),
  /** Only after a lost line; continues with {@link #INSPECT}. */
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
