# One image for every service: APP in the environment says which one runs (default: all of them in one process).
#   docker build -t fairlead .
FROM node:24.21.0-bookworm-slim AS base
WORKDIR /fairlead
COPY package.json package-lock.json ./

FROM base AS production
RUN --mount=type=cache,target=/root/.npm npm ci --omit=dev --no-audit --no-fund

FROM base AS build
RUN --mount=type=cache,target=/root/.npm npm ci --no-audit --no-fund
COPY tsconfig.json tsconfig.build.json nest-cli.json ./
COPY libs libs
COPY apps apps
RUN npm run -s build

FROM node:24.21.0-bookworm-slim
ENV NODE_ENV=production APP=standalone HOST=0.0.0.0 PORT=3000 FAIRLEAD_DATA_DIR=/data
WORKDIR /fairlead
COPY package.json ./
COPY --from=production /fairlead/node_modules node_modules
COPY --from=build /fairlead/dist dist
COPY docker/start docker/start
COPY docs/openapi.json docs/openapi.json
RUN install -d -o node -g node /data
USER node
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health/ready`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["docker/start"]
