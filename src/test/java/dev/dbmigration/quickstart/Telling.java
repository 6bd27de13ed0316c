package dev.dbmigration.quickstart;

import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import java.util.function.Consumer;

/** Hands on each state of a resource; what is gone has nothing more to say. */
record Telling<R>(Consumer<R> listener) implements ResourceEventHandler<R> {

    @Override
    public void onAdd(R resource) {
        listener.accept(resource);
    }

    @Override
    public void onUpdate(R before, R resource) {
        listener.accept(resource);
    }

    @Override
    public void onDelete(R resource, boolean unknown) {
        // Its last state was told.
    }
}
