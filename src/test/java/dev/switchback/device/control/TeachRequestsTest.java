package dev.switchback.device.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class TeachRequestsTest {
  private final TeachRequests requests = new TeachRequests();

  @Test
  void eightWait_inTheirOrder() {
    assertEquals(TeachRequests.NONE, requests.take());
    for (int round = 0; round < 100; round++) {
      for (int i = 0; i < 8; i++) {
        assertTrue(requests.add(i));
      }
      assertFalse(requests.add(8));
      for (int i = 0; i < 8; i++) {
        assertEquals(i, requests.take());
      }
      assertEquals(TeachRequests.NONE, requests.take());
    }
  }

  @Test
  void nothingIsLostBetweenTwoThreads() throws InterruptedException {
    int count = 200_000;
    Thread control =
        Thread.ofPlatform()
            .start(() -> {
              for (int i = 0; i < count; i++) {
                while (!requests.add(i & TeachRequests.UNTEACH - 1)) {
                  Thread.onSpinWait();
                }
              }
            });
    for (int i = 0; i < count; i++) {
      int request = requests.take();
      while (request == TeachRequests.NONE) {
        Thread.onSpinWait();
        request = requests.take();
      }
      assertEquals(i & TeachRequests.UNTEACH - 1, request);
    }
    control.join();
  }
}
