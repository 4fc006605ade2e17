package dev.switchback.tools.client;

/** Is told how a deployment goes on, on the thread that deploys. */
public interface DeploymentListener extends Progress {
  /** A step begins; the one before is done. Steps that are not needed are left out. */
  void began(DeploymentStep step);
}
