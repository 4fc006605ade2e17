package dev.switchback.core.nn;

/**
 * How a gradient changes the parameters. Rates apply to the gradient <em>summed</em> over samples.
 */
public sealed interface UpdateRule {

  /**
   * Gradient descent with Nesterov momentum: sets the velocity {@code v = momentum v - rate g},
   * then adds {@code momentum v - rate g}. Momentum 0 gives plain gradient descent.
   *
   * @param rate learning rate, above 0
   * @param momentum 0 to below 1
   */
  record GradientDescent(float rate, float momentum) implements UpdateRule {
    public GradientDescent {
      if (!(rate > 0f && rate <= 1000f)) {
        throw new IllegalArgumentException("a learning rate is above 0 up to 1000, not " + rate);
      }
      if (!(momentum >= 0f && momentum < 1f)) {
        throw new IllegalArgumentException("momentum is 0 to below 1, not " + momentum);
      }
    }

    public static GradientDescent plain(float rate) {
      return new GradientDescent(rate, 0f);
    }
  }

  /**
   * iRprop-: one step size per parameter, within 1e-6 to 50, multiplied by 1.2 while the gradient
   * keeps its sign and halved when it changes (that update is skipped). Igel and Huesken,
   * "Improving the Rprop learning algorithm", 2000.
   *
   * @param initialStep initial step size of every parameter
   */
  record Resilient(float initialStep) implements UpdateRule {
    public static final float GROWTH = 1.2f;
    public static final float SHRINKAGE = 0.5f;
    public static final float MIN_STEP = 1e-6f;
    public static final float MAX_STEP = 50f;

    public Resilient {
      if (!(initialStep >= MIN_STEP && initialStep <= MAX_STEP)) {
        throw new IllegalArgumentException("an initial step is 1e-6 to 50, not " + initialStep);
      }
    }
  }
}
