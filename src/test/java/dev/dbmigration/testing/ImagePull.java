package dev.dbmigration.testing;

import io.fabric8.kubernetes.api.model.Container;

/** The attempts to get one container's image: the first failure reads otherwise than the later ones. */
final class ImagePull {

    private final StandInKubelet kubelet;
    private final Container container;
    private boolean tried;

    ImagePull(StandInKubelet kubelet, Container container) {
        this.kubelet = kubelet;
        this.container = container;
    }

    Image pull() {
        Image image = kubelet.image(container.getImage());
        if (image != null) {
            return image;
        }
        String name = "\"" + container.getImage() + "\"";
        if ("Never".equals(container.getImagePullPolicy())) {
            throw NotYet.image(
                    "ErrImageNeverPull", "Container image " + name + " is not present with pull policy of Never");
        }
        if (tried) {
            throw NotYet.image("ImagePullBackOff", "Back-off pulling image " + name);
        }
        tried = true;
        throw NotYet.image("ErrImagePull", "failed to pull and unpack image " + name + ": not found");
    }
}
