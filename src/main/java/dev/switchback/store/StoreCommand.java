package dev.switchback.store;

/** Something that the store may refuse to carry out. */
@FunctionalInterface
public interface StoreCommand {
  void run() throws StoreException;
}
