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
COPY docker docker
COPY docs/openapi.json docs/openapi.json
RUN install -d -o node -g node /data
USER node
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 CMD ["docker/healthy"]
ENTRYPOINT ["docker/start"]
