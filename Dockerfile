# One image for every service: ARG APP says which one starts (default: all of them in one process).
#   docker build --build-arg APP=tracking -t fairlead-tracking .
FROM node:24-bookworm-slim AS build
WORKDIR /fairlead
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY tsconfig.json tsconfig.build.json nest-cli.json ./
COPY libs libs
COPY apps apps
RUN npm run -s build && npm prune --omit=dev --no-audit --no-fund

FROM node:24-bookworm-slim
ARG APP=standalone
ENV NODE_ENV=production APP=$APP HOST=0.0.0.0 PORT=3000 FAIRLEAD_DATA_DIR=/data
WORKDIR /fairlead
COPY --from=build --chown=root:root /fairlead/package.json ./
COPY --from=build --chown=root:root /fairlead/node_modules node_modules
COPY --from=build --chown=root:root /fairlead/dist dist
COPY --chown=root:root docker/start docker/start
COPY --chown=root:root docs/openapi.json docs/openapi.json
RUN install -d -o node -g node /data
USER node
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=5s --timeout=3s --start-period=20s --retries=6 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health/ready`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["docker/start"]
