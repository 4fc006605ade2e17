package dev.switchback.device.store;

/** Something that the store may refuse to carry out. */
@FunctionalInterface
public interface StoreCommand {
  void run() throws StoreException;
}
