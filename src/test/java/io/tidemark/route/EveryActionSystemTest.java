package io.tidemark.route;

import java.time.InstantSource;

class EveryActionSystemTest extends SystemContract {

    @Override
    Vendor start(InstantSource clock) {
        return new EveryActionVendor(clock);
    }
}
