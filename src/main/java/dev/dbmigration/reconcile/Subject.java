package dev.dbmigration.reconcile;

import dev.dbmigration.api.v1alpha1.Container;
import dev.dbmigration.api.v1alpha1.RunningStatus;
import dev.dbmigration.kube.Announcement;
import dev.dbmigration.run.Decided;
import dev.dbmigration.run.RunPolicy;
import dev.dbmigration.run.Wanted;
import io.fabric8.kubernetes.client.CustomResource;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.List;
import java.util.Set;

/**
 * What one kind of resource has of its own; the rest of its life is the same for all.
 *
 * @param <R> the kind
 * @param <S> its status
 */
public interface Subject<R extends CustomResource<?, S>, S extends RunningStatus> {

    /** An empty resource of the kind. */
    R blank();

    RunPolicy policy(R resource);

    /**
     * What the spec asks for.
     *
     * @param look whether there is a reason to look at all: an edit, a request, or a run under way
     * @param reusable snapshots of the last run's last attempt; empty: none
     */
    Wanted wanted(R resource, Context<R> context, boolean look, List<String> reusable);

    /** The user's container; null: a runner works. */
    Container container(R resource);

    /** The whole status after a decision. */
    S status(R resource, Decided decided, Context<R> context);

    /** Runs whose Pods are kept. */
    Set<Integer> keptRuns(S status);

    /** Runs whose snapshots are kept although their Pods may be gone. */
    Set<Integer> keptSnapshots(S status);

    /** What is to be told of a change of status. */
    List<Announcement> announcements(S before, S after);

    /** What follows, besides Pods, from the status of a resource whose spec has been run to its end. */
    default void follow(R resource, Context<R> context) {}
}
