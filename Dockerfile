# keyfob in an image of its own: one static binary, nothing below it.
FROM docker.io/library/debian:bookworm-slim AS build
WORKDIR /keyfob
# The packages change rarely: with only their list here, a change of the code leaves this layer as it is.
COPY scripts/setup scripts/
RUN scripts/setup build && rm -rf /var/lib/apt/lists/*
COPY . .
ARG build_type=Release
RUN cmake -S . -B build -G Ninja -DCMAKE_BUILD_TYPE=$build_type -DKEYFOB_TESTS=OFF \
 && cmake --build build --target keyfob_static \
 && strip build/static/keyfob \
 && mkdir build/data

FROM scratch
COPY --from=build /keyfob/build/static/keyfob /keyfob
# A named volume takes over this folder's owner, so that `--data /data/…` can be written without root.
COPY --from=build --chown=65534:65534 /keyfob/build/data /data
USER 65534:65534
ENV KEYFOB_HOST=0.0.0.0
EXPOSE 4593
VOLUME /data
HEALTHCHECK --interval=2s --timeout=2s --start-period=10s --retries=3 CMD ["/keyfob", "health"]
ENTRYPOINT ["/keyfob"]
CMD ["serve"]
