# The package as it is published, and the command `baton`. What it runs is the service's `command`: a worker, or the inbox.
#
#   docker build --tag baton:0.1.0 .
#
# Not built by the authors, who had no containers: its install step and its entry point are run without one by
# test/pack/topology.test.ts.

# The tarball, made from the sources as `npm publish` makes it.
FROM node:22.21.1-bookworm-slim AS pack
WORKDIR /source
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
RUN mkdir /packed && npm pack --pack-destination /packed

# What the lock file names, without what only development needs, and the tarball beside it.
FROM node:22.21.1-bookworm-slim AS install
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --ignore-scripts
COPY --from=pack /packed/ /packed/
RUN mkdir -p node_modules/@batonhq/baton \
  && tar -xzf /packed/*.tgz -C node_modules/@batonhq/baton --strip-components 1

# glibc, which Temporal's native core needs: not an Alpine image.
FROM node:22.21.1-bookworm-slim
ENV NODE_ENV=production
COPY --from=install /app/node_modules /app/node_modules
COPY deploy/worker-healthy.mjs /app/
# A volume takes over the owner of the folder that it is laid upon.
RUN install --directory --owner node --group node --mode 0700 /data /ledger
USER node
WORKDIR /data
ENTRYPOINT ["node", "/app/node_modules/@batonhq/baton/dist/src/cli/main.js"]
# Of a worker of everything; a service that runs something else says how it is healthy.
HEALTHCHECK --interval=15s --timeout=10s --start-period=60s --retries=4 \
  CMD ["node", "/app/worker-healthy.mjs", "baton"]
CMD ["--help"]
